package app.patter.provider.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What an exchange waits for and since when. Written by the thread that brings the body, read by the watchdog too.
 * Thread-safe.
 */
final class Waiting {

    /** No time: it does not wait for that. */
    private static final long NOT = 0;

    /** How long a server may take to end the stream after its last event, or to count after the finish reason. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Duration idle;
    private final LongSupplier clock;
    private volatile long quietSince;
    private volatile long completeSince = NOT;
    private volatile long finishedAt = NOT;

    /**
     * Waits for the server from now on.
     *
     * @param idle  the longest silence of a server
     * @param clock tells the time as {@link System#nanoTime()} does
     */
    Waiting(Duration idle, LongSupplier clock) {
        this.idle = idle;
        this.clock = clock;
        this.quietSince = now();
    }

    /** The server has to send something from now on. */
    void forServer() {
        quietSince = now();
    }

    /** What came is being taken in: the silence is ours. */
    void forReceiver() {
        quietSince = NOT;
    }

    /** The answer is complete, and its server may still say what it cost. */
    void forFarewell() {
        completeSince = now();
    }

    /** Whether the answer is known to be complete. */
    boolean knowsEnd() {
        return completeSince != NOT;
    }

    /** The last event has come; the server may end the stream. */
    void forEndOfStream() {
        if (finishedAt == NOT) {
            finishedAt = now();
        }
    }

    /** Whether the server has said nothing for too long, or the answer {@linkplain #isDue is due}. */
    boolean isSilent(long now) {
        long since = quietSince;
        return since != NOT && (now - since > idle.toNanos() || isDue(now));
    }

    /** Whether the answer is complete and its server has had the time to say what it cost. */
    boolean isDue(long now) {
        long since = completeSince;
        return since != NOT && now - since > FAREWELL.toNanos();
    }

    /** Whether the server does not end the stream although its last event has come. */
    boolean isIdling(long now) {
        long since = finishedAt;
        return since != NOT && now - since > FAREWELL.toNanos();
    }

    private long now() {
        long now = clock.getAsLong();
        return now == NOT ? 1 : now;
    }
}
