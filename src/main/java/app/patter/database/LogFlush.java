package app.patter.database;

import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;

/** What was logged right before a process ends without a shutdown, which is when nobody else would still write it. */
final class LogFlush {

    /**
     * Nanoseconds for a thread that took a record from a queue to write it. GlassFish keeps such a queue; closing its
     * handler writes what is in there, but not what was just taken out.
     */
    private static final long ON_ITS_WAY = 100_000_000;

    private LogFlush() {}

    /** Sees to it that everything logged so far is written. Nothing that is logged later will be. */
    static void write(Handler... handlers) {
        LockSupport.parkNanos(ON_ITS_WAY);
        for (Handler handler : handlers) {
            close(handler);
        }
    }

    /** Flushing is not enough: GlassFish's handler then leaves its queue alone. */
    private static void close(Handler handler) {
        try {
            handler.flush();
            handler.close();
        } catch (RuntimeException e) {
            // It may be one that only the server may close. The others have their turn, and the process ends anyway.
        }
    }
}
