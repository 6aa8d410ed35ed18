package app.patter.provider.http;

import app.patter.config.BaseAddress;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Dialect;
import app.patter.provider.Origin;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import app.patter.provider.ProviderException;
import app.patter.provider.RequestContext;
import app.patter.provider.dialect.OpenRouter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A model server, at a base address that ends with a slash, in whatever dialect it speaks. */
public final class HttpProvider implements Provider {

    private final String id;
    private final String label;
    private final URI base;
    private final @Nullable String key;
    private final Dialect dialect;
    private final Duration listing;
    private final Transport transport;
    private final String server;
    private final ProviderErrors errors;

    /**
     * A server; nothing is sent yet.
     *
     * @param key null if it wants none
     * @param origin who gave the address
     * @param listing longest time that reading the list of models may take
     */
    public HttpProvider(
            String id,
            String label,
            URI base,
            @Nullable String key,
            Origin origin,
            Dialect dialect,
            Duration listing,
            Transport transport) {
        this.id = id;
        this.label = label;
        this.base = base;
        this.key = key;
        this.dialect = dialect;
        this.listing = listing;
        this.transport = transport;
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        this.server = base.getHost() + port;
        this.errors = new ProviderErrors(server, key, origin, dialect);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public CompletableFuture<List<String>> list() {
        try {
            HttpRequest request = request(dialect.listPath())
                    .header("Accept", "application/json")
                    .GET()
                    .build();
            return transport
                    .read(request, errors, listing)
                    .thenApply(this::names)
                    .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(explained(thrown)));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new ProviderException(errors.network().impossible(e)));
        }
    }

    private List<String> names(BoundedBody.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new ProviderException(errors.status()
                    .of(
                            answer.status(),
                            RetryAfter.of(answer.headers(), answer.body(), Instant.now()),
                            answer.body(),
                            ""));
        }
        try {
            return dialect.names(answer.body());
        } catch (IllegalStateException e) {
            throw new ProviderException(errors.answer().noModels());
        }
    }

    /** The reason as a {@link ProviderException}, also when the list failed in a way that nobody has thought of. */
    private ProviderException explained(Throwable thrown) {
        Throwable reason =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return reason instanceof ProviderException known
                ? known
                : new ProviderException(errors.network().impossible(reason));
    }

    @Override
    public Call ask(ChatRequest prompt, DeltaHandler handler) {
        ProviderErrors careful = errors.during(prompt);
        String source = source(prompt.model());
        HttpRequest request;
        try {
            request = request(dialect.path(prompt))
                    .header("Content-Type", "application/json")
                    .header("Accept", accepted())
                    .POST(BodyPublishers.ofString(body(prompt.sentTo(source))))
                    .build();
        } catch (IllegalArgumentException e) {
            new SerialDelivery(handler).end(errors.network().impossible(e));
            return () -> {};
        }
        AnswerParser parser = dialect.parser(new RequestContext(source, prompt.mark(), careful, prompt.tools()));
        return transport.stream(request, parser, dialect.framing(), careful, prompt.model(), handler);
    }

    private String body(ChatRequest request) {
        return request.parameters().onto(OpenRouter.marked(base, dialect, request.model(), dialect.body(request)));
    }

    @Override
    public String source(String model) {
        return dialect.name() + " " + server + " " + model;
    }

    private String accepted() {
        return switch (dialect.framing()) {
            case EVENTS -> "text/event-stream";
            case LINES -> "application/x-ndjson, text/event-stream";
        };
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                Transport.request(BaseAddress.below(base, path)).header("User-Agent", "Patter");
        AzureHeaders.headers(base, key, dialect.headers(key)).forEach(request::header);
        return request;
    }
}
