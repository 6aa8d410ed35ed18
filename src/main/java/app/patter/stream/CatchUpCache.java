package app.patter.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What brought pages that show one view up to date a moment ago. Many come back at once after a restart, and reading for
 * each of them would keep those who write from the tables. Thread-safe.
 */
final class CatchUpCache {

    /** How long a frame serves pages at the same position, in nanoseconds. */
    private static final long SHARED = 250_000_000;

    /** What took long to make serves so many times as long. */
    private static final int TIMES = 4;

    private final LongSupplier clock;

    /** Held while the database is read for this view. */
    private final Object reading = new Object();

    /** Guarded by itself. */
    private final Map<Long, Made> known = new HashMap<>();

    private record Made(Frame frame, long until) {}

    /**
     * Nothing is known at first.
     *
     * @param clock tells the time as {@link System#nanoTime()} does
     */
    CatchUpCache(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * What another page at this position got a moment ago, or else what is read now. Waits while it is read for another one.
     *
     * @param read asks the database; empty if the conversation is gone
     */
    Optional<Frame> frame(long position, Supplier<Optional<Frame>> read) {
        synchronized (reading) {
            Frame made = made(position);
            if (made != null) {
                return Optional.of(made);
            }
            long began = clock.getAsLong();
            Optional<Frame> found = read.get();
            long now = clock.getAsLong();
            found.ifPresent(frame -> keep(position, new Made(frame, now + Math.max(SHARED, TIMES * (now - began)))));
            return found;
        }
    }

    private @Nullable Frame made(long position) {
        synchronized (known) {
            tidy();
            Made made = known.get(position);
            return made == null ? null : made.frame();
        }
    }

    private void keep(long position, Made made) {
        synchronized (known) {
            known.put(position, made);
        }
    }

    /** Lets go of what is shared no more; does not wait for a read. */
    void tidy() {
        synchronized (known) {
            long now = clock.getAsLong();
            known.values().removeIf(made -> made.until() - now <= 0);
        }
    }
}
