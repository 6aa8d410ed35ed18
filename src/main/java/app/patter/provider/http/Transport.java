package app.patter.provider.http;

import app.patter.net.EnvironmentProxy;
import app.patter.provider.AnswerParser;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Dialect;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import app.patter.provider.ProviderException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Speaks HTTP with model servers: one client, and one periodic check for silence, whatever the number of streams. No
 * stream holds a thread. Thread-safe.
 */
public final class Transport {

    private static final long SHORTEST_CHECK = 10;
    private static final long LONGEST_CHECK = 1_000;

    private final HttpClient client;
    private final Executor executor;
    private final Duration connect;
    private final Duration idle;
    private final LongSupplier clock;
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

    /**
     * A transport that runs everything on {@code executor}.
     *
     * @param timer for the check for silence; the caller ends it
     * @param connect longest wait for a connection
     * @param idle longest silence, of the headers as well as between two chunks
     */
    public Transport(Executor executor, ScheduledExecutorService timer, Duration connect, Duration idle) {
        this(executor, timer, connect, idle, System::nanoTime);
    }

    /** One with another clock, in nanoseconds. */
    Transport(Executor executor, ScheduledExecutorService timer, Duration connect, Duration idle, LongSupplier clock) {
        this.executor = executor;
        this.connect = connect;
        this.idle = idle;
        this.clock = clock;
        // Redirects are not followed: the key would go to where nobody sent it.
        this.client = HttpClient.newBuilder()
                .connectTimeout(connect)
                .executor(executor)
                .proxy(new EnvironmentProxy())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        long period = Math.max(SHORTEST_CHECK, Math.min(LONGEST_CHECK, idle.toMillis() / 4));
        var unused = timer.scheduleWithFixedDelay(this::checkSilence, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * A request to a model server. Plain http is spoken as HTTP/1.1: the offer to upgrade to HTTP/2, which the client
     * makes otherwise, breaks several local servers.
     */
    static HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        return "http".equalsIgnoreCase(address.getScheme()) ? request.version(HttpClient.Version.HTTP_1_1) : request;
    }

    /** Starts a streamed answer and returns at once. */
    Provider.Call stream(
            HttpRequest request,
            AnswerParser parser,
            Dialect.Framing framing,
            ProviderErrors errors,
            String model,
            DeltaHandler handler) {
        Exchange exchange =
                new Exchange(parser, framing, errors, model, idle, connect, clock, new SerialDelivery(handler));
        open.add(exchange);
        exchange.start(client, request, () -> open.remove(exchange));
        return exchange;
    }

    /** Answers under way, and those whose connection is not idle again yet. */
    int busy() {
        return open.size();
    }

    /** Reads a small answer whole, within {@code bound}; fails with an {@link ProviderException}. */
    CompletableFuture<BoundedBody.Answer> read(HttpRequest request, ProviderErrors errors, Duration bound) {
        CompletableFuture<HttpResponse<BoundedBody.Answer>> sent = client.sendAsync(request, BoundedBody::new);
        // The request's own time-out ends with the headers; a body that never ends must not be waited for either.
        return sent.thenApply(HttpResponse::body)
                .orTimeout(bound.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(thrown -> {
                    sent.cancel(true);
                    return CompletableFuture.failedFuture(
                            new ProviderException(errors.network().unanswered(thrown, bound)));
                });
    }

    /** Ends the answers under way. */
    public void close() {
        open.forEach(exchange -> exchange.end(ProviderErrors.closing()));
    }

    private void checkSilence() {
        long now = clock.getAsLong();
        for (Exchange exchange : open) {
            if (exchange.isIdling(now)) {
                exchange.release();
            } else if (exchange.isSilent(now)) {
                // not on the timer's thread, which everybody shares: the receiver may take its time
                try {
                    executor.execute(exchange::fellSilent);
                } catch (RejectedExecutionException e) {
                    exchange.fellSilent();
                }
            }
        }
    }
}
