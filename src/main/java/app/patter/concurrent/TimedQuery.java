package app.patter.concurrent;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks something that may never answer, on another thread, and waits for it only so long. Whoever asks while a question is
 * under way waits for the same answer, so that no threads pile up behind one that does not come. Thread-safe.
 */
public final class TimedQuery<T> {

    private final Supplier<T> asked;
    private final Executor executor;
    private final long patience;
    private @Nullable CompletableFuture<T> underWay;

    /** @param patience milliseconds to wait */
    public TimedQuery(Supplier<T> asked, Executor executor, long patience) {
        this.asked = asked;
        this.executor = executor;
        this.patience = patience;
    }

    /** The answer; empty if none comes in time, or asking fails. */
    public Optional<T> ask() {
        try {
            return Optional.of(begin().get(patience, TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<T> begin() {
        CompletableFuture<T> answer = underWay;
        if (answer == null || answer.isDone()) {
            answer = CompletableFuture.supplyAsync(asked, executor);
            underWay = answer;
        }
        return answer;
    }
}
