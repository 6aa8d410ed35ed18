package app.patter.concurrent;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Lets what repeats, such as a line of the log, through once a minute. Thread-safe. */
public final class Seldom {

    private static final long PERIOD = Duration.ofMinutes(1).toNanos();

    private final LongSupplier clock;

    /** Guarded by this. */
    private boolean passed;

    /** When it passed last, as {@link System#nanoTime()}. Guarded by this. */
    private long last;

    /** Guarded by this. */
    private long held;

    public Seldom() {
        this(System::nanoTime);
    }

    /** @param clock tells the time as {@link System#nanoTime()} does */
    Seldom(LongSupplier clock) {
        this.clock = clock;
    }

    /** How often it was held back since it passed last, if it passes now. */
    public synchronized OptionalLong pass() {
        long now = clock.getAsLong();
        if (passed && now - last < PERIOD) {
            held++;
            return OptionalLong.empty();
        }
        passed = true;
        last = now;
        long before = held;
        held = 0;
        return OptionalLong.of(before);
    }
}
