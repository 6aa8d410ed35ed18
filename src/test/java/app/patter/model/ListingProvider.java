package app.patter.model;

import app.patter.provider.ChatRequest;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Origin;
import app.patter.provider.Provider;
import app.patter.provider.dialect.Dialects;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A provider without a network, which lists its models when the test says so. For one thread. */
final class ListingProvider implements Provider {

    private final String id;
    private final List<CompletableFuture<List<String>>> asked = new ArrayList<>();

    ListingProvider(String id) {
        this.id = id;
    }

    /** A client that asks it. */
    ModelServerClient client(Origin origin) {
        return new ModelServerClient(
                this, origin, URI.create("http://host/v1/"), Dialects.named("ollama"), false, null);
    }

    /** The same, added by an administrator. */
    ModelServerClient client(ServerConfig added) {
        return new ModelServerClient(this, Origin.ADDED, added.base(), Dialects.named("ollama"), false, added);
    }

    /** How often it was asked for its models. */
    int asked() {
        return asked.size();
    }

    /** Answers the last question. */
    void lists(String... names) {
        asked.get(asked.size() - 1).complete(List.of(names));
    }

    /** Fails to answer the last question. */
    void fails(RuntimeException why) {
        asked.get(asked.size() - 1).completeExceptionally(why);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String label() {
        return "The " + id;
    }

    @Override
    public CompletableFuture<List<String>> list() {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    @Override
    public Call ask(ChatRequest request, DeltaHandler handler) {
        throw new UnsupportedOperationException("it only lists");
    }
}
