package app.patter.admin;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** This node's copy of what administrators say, kept up to date whichever node they say it on. Thread-safe. */
public final class LiveCopy<T> {

    private static final long NEVER = -1;

    private final LongSupplier revision;
    private final Supplier<Stored<T>> read;
    private final Consumer<T> use;

    private long applied = NEVER;

    /**
     * What is stored, as of one revision or a later one.
     *
     * @param revision raised by each change
     */
    public record Stored<T>(long revision, T value) {}

    /** @param use takes what is stored into use, in place of what it was given before */
    public LiveCopy(LongSupplier revision, Supplier<Stored<T>> read, Consumer<T> use) {
        this.revision = revision;
        this.read = read;
        this.use = use;
    }

    /** Looks whether anything has changed, and takes it into use. */
    public synchronized void refresh() {
        if (revision.getAsLong() != applied) {
            Stored<T> stored = read.get();
            use.accept(stored.value());
            applied = stored.revision();
        }
    }
}
