package app.patter.stream;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks now and then whether the logins and tokens that have opened streams are there still: one may have ended on another
 * node, by itself, or at the moment when its stream was opened. Thread-safe.
 */
final class LoginChecks {

    /** Calls between two looks. */
    private static final int EVERY = 10;

    private final Supplier<Collection<String>> open;
    private final Function<Collection<String>, Set<String>> alive;
    private final Consumer<String> ended;
    private final Executor executor;
    private final AtomicBoolean looking = new AtomicBoolean();
    private int calls;

    /**
     * @param open  the keys with which streams are open
     * @param alive those of them that are valid; asks the database
     * @param ended told of each that is not
     */
    LoginChecks(
            Supplier<Collection<String>> open,
            Function<Collection<String>, Set<String>> alive,
            Consumer<String> ended,
            Executor executor) {
        this.open = open;
        this.alive = alive;
        this.ended = ended;
        this.executor = executor;
    }

    /** Called once a second, by one thread at a time; never waits. */
    void tick() {
        calls++;
        if (calls % EVERY == 0 && looking.compareAndSet(false, true)) {
            try {
                executor.execute(this::look);
            } catch (RuntimeException e) {
                looking.set(false);
                throw e;
            }
        }
    }

    private void look() {
        try {
            Set<String> keys = Set.copyOf(open.get());
            if (!keys.isEmpty()) {
                Set<String> valid = alive.apply(keys);
                keys.stream().filter(key -> !valid.contains(key)).forEach(ended);
            }
        } catch (RuntimeException e) {
            // The database does not say; streams stay open until it does.
        } finally {
            looking.set(false);
        }
    }
}
