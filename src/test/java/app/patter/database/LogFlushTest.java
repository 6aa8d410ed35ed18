package app.patter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Why Patter does not start is read, however the server writes its log. */
class LogFlushTest {

    private final List<String> written = new ArrayList<>();

    /** Like GlassFish's: records wait for a thread, which is late here; flushing leaves them there. */
    private final class Queued extends Handler {
        private final Queue<LogRecord> queue = new ArrayDeque<>();

        @Override
        public void publish(LogRecord entry) {
            queue.add(entry);
        }

        @Override
        public void flush() {
            // Only what was written already would be.
        }

        @Override
        public void close() {
            queue.forEach(entry -> written.add(entry.getMessage()));
            queue.clear();
        }
    }

    /** Like those that a server keeps for itself. */
    private static final class Guarded extends Handler {
        @Override
        public void publish(LogRecord entry) {
            // Not of interest here.
        }

        @Override
        public void flush() {
            // Nothing is kept.
        }

        @Override
        public void close() {
            throw new SecurityException("only the server may");
        }
    }

    @Test
    void whatStillWaitsInAQueueIsWrittenEvenIfAnotherHandlerRefuses() {
        Queued queued = new Queued();
        queued.publish(new LogRecord(Level.SEVERE, "Patter does not start."));
        LogFlush.write(new Guarded(), queued);
        assertEquals(List.of("Patter does not start."), written);
    }
}
