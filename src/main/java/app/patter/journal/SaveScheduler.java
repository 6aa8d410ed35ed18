package app.patter.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Decides when to save: when the interval has passed since text came, or at once for the first token, the end of a message
 * and much text. A timer that is late is not waited for. Thread-safe.
 */
final class SaveScheduler {

    /** Milliseconds; a timer that has not fired by then, in a server that is busy, is not waited for. */
    static final long LATE = 1_000;

    private final AdaptiveInterval pace;
    private final Starter starter;
    private final LongSupplier clock;

    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean hurried = new AtomicBoolean();

    /** When the timer that is armed counts as late, in the clock's nanoseconds. */
    private volatile long overdue;

    /** When the last save began, in the clock's nanoseconds. */
    private volatile long began;

    private volatile boolean closed;

    /** How a save starts. Each returns at once, and has {@link #begins} called on another thread. */
    interface Starter {

        /** After so many milliseconds, with {@link #fired} before. */
        void later(long milliseconds);

        /** At once, in place of a timer that is late, with {@link #fired} before. */
        void inPlaceOfTimer();

        /** At once. */
        void now();
    }

    /** @param clock tells the time as {@link System#nanoTime()} does */
    SaveScheduler(AdaptiveInterval pace, Starter starter, LongSupplier clock) {
        this.pace = pace;
        this.starter = starter;
        this.clock = clock;
        this.began = clock.getAsLong();
    }

    /** Text waits. */
    void changed(AnswerBuffer buffer) {
        if (buffer.isSure() && pace.enough(clock.getAsLong(), buffer.waiting())) {
            hurry();
        } else {
            arm();
        }
    }

    /** Something waits that has time until the interval has passed. */
    void arm() {
        if (closed) {
            return;
        }
        if (armed.compareAndSet(false, true)) {
            long pause = pace.interval();
            overdue = clock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(pause + LATE);
            starter.later(pause);
        } else if (clock.getAsLong() - overdue > 0) {
            overdue = clock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(LATE);
            starter.inPlaceOfTimer();
        }
    }

    /** Something waits that has no time. */
    void hurry() {
        if (!closed && hurried.compareAndSet(false, true)) {
            starter.now();
        }
    }

    /** The timer has fired, or what stands in for it; a save follows. */
    void fired() {
        armed.set(false);
    }

    /** A save begins: what comes from now on needs another. */
    void begins() {
        hurried.set(false);
        began = clock.getAsLong();
    }

    /** Something waits, and no save runs: starts one if no timer has come for it. Called now and then. */
    void check() {
        long late = TimeUnit.MILLISECONDS.toNanos(pace.interval() + LATE);
        if (!closed && clock.getAsLong() - began > late) {
            starter.inPlaceOfTimer();
        }
    }

    /** Starts no save any more. */
    void close() {
        closed = true;
    }
}
