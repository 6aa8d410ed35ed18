package app.patter.journal;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Times of day whose distances are true: the clock on the wall is looked at once, and what follows is measured by a clock
 * that does not jump. So "Thought for 3 seconds" stays true when somebody sets the machine's time meanwhile. Thread-safe.
 */
final class MonotonicClock {

    private final OffsetDateTime began;
    private final long beganAt;
    private final LongSupplier clock;

    /** Moments from now on. */
    static MonotonicClock fromNow() {
        return new MonotonicClock(OffsetDateTime.now(ZoneOffset.UTC), System::nanoTime);
    }

    /**
     * Moments from a time of day on.
     *
     * @param clock tells the time as {@link System#nanoTime()} does
     */
    MonotonicClock(OffsetDateTime began, LongSupplier clock) {
        this.began = began;
        this.beganAt = clock.getAsLong();
        this.clock = clock;
    }

    OffsetDateTime now() {
        return began.plusNanos(clock.getAsLong() - beganAt);
    }

    /** The time between two of the same clock. */
    static Duration between(OffsetDateTime first, OffsetDateTime then) {
        return Duration.between(first, then);
    }
}
