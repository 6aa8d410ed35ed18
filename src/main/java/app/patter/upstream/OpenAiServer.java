package app.patter.upstream;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A server that speaks {@linkplain OpenAiChat OpenAI's dialect}, at a base address that ends with a slash. */
final class OpenAiServer implements Upstream {

    private final String id;
    private final String label;
    private final URI base;
    private final @Nullable String key;
    private final OpenAiChat.Continuation continuation;
    private final Duration listing;
    private final Transport transport;
    private final Faults faults;

    /**
     * A server; nothing is sent yet.
     *
     * @param key null if it wants none
     * @param configured whether a person gave the address
     * @param listing longest time that reading the list of models may take
     */
    OpenAiServer(
            String id,
            String label,
            URI base,
            @Nullable String key,
            boolean configured,
            OpenAiChat.Continuation continuation,
            Duration listing,
            Transport transport) {
        this.id = id;
        this.label = label;
        this.base = base;
        this.key = key;
        this.continuation = continuation;
        this.listing = listing;
        this.transport = transport;
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        this.faults = new Faults(base.getHost() + port, key, configured);
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
    public List<String> models() {
        try {
            return list().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UpstreamException reason) {
                throw reason;
            }
            throw e;
        }
    }

    /** The names of its models, without waiting; fails with an {@link UpstreamException}. */
    CompletableFuture<List<String>> list() {
        try {
            HttpRequest request =
                    request("models").header("Accept", "application/json").GET().build();
            return transport.read(request, faults, listing).thenApply(this::names);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new UpstreamException(faults.impossible(e)));
        }
    }

    private List<String> names(SmallBody.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new UpstreamException(faults.status(
                    answer.status(),
                    answer.headers().firstValue("Retry-After").flatMap(value -> RetryAfter.parse(value, Instant.now())),
                    answer.body(),
                    ""));
        }
        try (JsonParser parser = Json.parser(new StringReader(answer.body()))) {
            return names(parser);
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
            throw new UpstreamException(faults.noModels());
        }
    }

    /** Reads {@code {"data":[{"id":"…"},…]}}; an object without such an array, or with other things in it, is no list. */
    private static List<String> names(JsonParser parser) {
        List<String> names = new ArrayList<>();
        boolean found = false;
        require(parser.next() == Event.START_OBJECT);
        while (parser.next() != Event.END_OBJECT) {
            if (parser.getString().equals("data")) {
                found = true;
                require(parser.next() == Event.START_ARRAY);
                for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
                    require(event == Event.START_OBJECT);
                    names.add(name(parser));
                }
            } else {
                Json.skip(parser);
            }
        }
        require(found);
        return List.copyOf(names);
    }

    private static String name(JsonParser parser) {
        String name = "";
        while (parser.next() != Event.END_OBJECT) {
            if (parser.getString().equals("id")) {
                require(parser.next() == Event.VALUE_STRING);
                name = parser.getString();
            } else {
                Json.skip(parser);
            }
        }
        require(!name.isBlank());
        return name;
    }

    private static void require(boolean fulfilled) {
        if (!fulfilled) {
            throw new IllegalStateException("no list of models");
        }
    }

    @Override
    public Call ask(Prompt prompt, Deltas deltas) {
        Faults careful = faults.during(prompt);
        HttpRequest request;
        try {
            request = request("chat/completions")
                    .header("Content-Type", "application/json")
                    .header("Accept", "text/event-stream")
                    .POST(BodyPublishers.ofString(OpenAiChat.request(prompt, continuation)))
                    .build();
        } catch (IllegalArgumentException e) {
            new Delivery(deltas).end(faults.impossible(e));
            return () -> {};
        }
        return transport.stream(request, new OpenAiChat(careful), careful, prompt.model(), deltas);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = Transport.request(base.resolve(path)).header("User-Agent", "Patter");
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }
}
