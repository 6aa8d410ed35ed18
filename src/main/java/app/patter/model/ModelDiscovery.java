package app.patter.model;

import app.patter.provider.Delta;
import app.patter.provider.Origin;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers which models they have: all of them once at the start, and again when somebody wants to know and the
 * lists are older than 30 s. Nobody waits for that but the first, and at most a second. Thread-safe.
 */
final class ModelDiscovery {

    private static final Logger LOG = System.getLogger(ModelDiscovery.class.getName());

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Supplier<List<ModelServerClient>> servers;
    private final LongSupplier clock;
    private final Runnable learned;
    private final Map<String, String> reports = new ConcurrentHashMap<>();

    private final long made = System.nanoTime();
    private volatile CompletableFuture<?> first = CompletableFuture.completedFuture(null);

    private final Object lock = new Object();
    private CompletableFuture<?> search = CompletableFuture.completedFuture(null);
    private long searched;

    /**
     * Asks nobody yet.
     *
     * @param servers those to be asked now
     * @param clock nanoseconds
     * @param learned told on any thread when a server has said which models it has, or has failed to
     */
    ModelDiscovery(Supplier<List<ModelServerClient>> servers, LongSupplier clock, Runnable learned) {
        this.servers = servers;
        this.clock = clock;
        this.learned = learned;
    }

    /** Asks all servers for the first time. */
    void start() {
        first = refresh();
    }

    /** Asks all servers; returns at once. */
    CompletableFuture<?> refresh() {
        synchronized (lock) {
            searched = clock.getAsLong();
            search = refresh(servers.get());
            return search;
        }
    }

    /** Asks servers that have come; returns at once. */
    void refreshAlso(List<ModelServerClient> come) {
        if (come.isEmpty()) {
            return;
        }
        synchronized (lock) {
            search = CompletableFuture.allOf(search, refresh(come));
            if (!first.isDone()) {
                first = search;
            }
        }
    }

    /** Asks all servers if what they said is old; before anything is known, waits a little for what they say. */
    void refreshIfOld() {
        CompletableFuture<?> running = runningOrNew();
        if (!first.isDone()) {
            await(running, FIRST_WAIT.toNanos() - (System.nanoTime() - made));
        }
    }

    /** Asks all servers if what they said is old, and waits for servers that have not said anything yet. */
    void awaitAll(Duration longest) {
        CompletableFuture<?> running = runningOrNew();
        if (servers.get().stream().anyMatch(client -> !client.asked())) {
            await(running, longest.toNanos());
        }
    }

    private CompletableFuture<?> runningOrNew() {
        synchronized (lock) {
            boolean old = clock.getAsLong() - searched > FRESH.toNanos();
            return search.isDone() && old ? refresh() : search;
        }
    }

    private static void await(CompletableFuture<?> search, long nanos) {
        try {
            search.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // what is known by now is answered
        }
    }

    private CompletableFuture<?> refresh(List<ModelServerClient> clients) {
        return CompletableFuture.allOf(clients.stream()
                .map(client -> client.refresh().thenAccept(failed -> {
                    report(client, failed);
                    learned.run();
                }))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Logs what changed, not every repetition of it; that nothing listens at a probed place is no news. */
    private void report(ModelServerClient client, Delta.@Nullable Failed failed) {
        String state = failed == null ? "answers" : failed.kind().toString();
        String before = reports.put(client.id(), state);
        if (!state.equals(before) && (client.origin() != Origin.FOUND || before != null || failed == null)) {
            Level level = failed == null ? Level.INFO : Level.WARNING;
            LOG.log(level, "Model server {0}: {1}", client.id(), state);
        }
    }
}
