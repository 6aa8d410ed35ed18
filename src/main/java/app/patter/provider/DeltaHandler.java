package app.patter.provider;

import app.patter.model.ModelRegistry;

/**
 * Receives the deltas of one call: one at a time, in order, the last of them and no other a {@link Delta.Finished} or a
 * {@link Delta.Failed}. The thread is any, often one of the executor given to {@link ModelRegistry}; it must not be held for
 * long.
 */
@FunctionalInterface
public interface DeltaHandler {

    /** Takes the next delta; an exception from here ends the call. */
    void accept(Delta delta);

    /**
     * Runs {@code next} when more may be read: at once, unless the receiver is full. Called after each chunk of bytes.
     * As long as {@code next} has not run, the provider's connection is not read, so that TCP slows the sender down,
     * and its silence is not counted. {@code next} may run on any thread; running it after the end is harmless.
     */
    default void whenReady(Runnable next) {
        next.run();
    }
}
