package app.patter.model;

import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Dialect;
import app.patter.provider.Origin;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import app.patter.provider.ProviderException;
import app.patter.provider.dialect.Agent;
import app.patter.provider.http.SerialDelivery;
import app.patter.text.CodedText;
import app.patter.text.Messages;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A model server with what it has said last about its models. Thread-safe. */
final class ModelServerClient {

    private final Provider provider;
    private final Origin origin;
    private final URI base;
    private final Dialect dialect;
    private final boolean hasKey;
    private final @Nullable ServerConfig added;

    private volatile Listing said = new Listing(List.of(), null, false, false);

    /**
     * What a server has said.
     *
     * @param names of its models
     * @param problem null if the last list could be read
     * @param asked whether it was ever asked for a list, and answered or not
     * @param answered whether it ever gave a list
     */
    private record Listing(List<String> names, Delta.@Nullable Failed problem, boolean asked, boolean answered) {}

    /** @param added null unless an administrator has added it */
    ModelServerClient(
            Provider provider, Origin origin, URI base, Dialect dialect, boolean hasKey, @Nullable ServerConfig added) {
        this.provider = provider;
        this.origin = origin;
        this.base = base;
        this.dialect = dialect;
        this.hasKey = hasKey;
        this.added = added;
    }

    String id() {
        return provider.id();
    }

    Origin origin() {
        return origin;
    }

    private boolean hidden() {
        return added != null && added.hidden();
    }

    /** Its models, as far as they are known. */
    ServerModels models() {
        boolean chosenOnly = added != null && added.chosenOnly();
        return new ServerModels(id(), provider.label(), origin, hidden(), chosenOnly, said.names());
    }

    /** Whether it was ever asked for its models, and answered or not. */
    boolean asked() {
        return said.asked();
    }

    /** Whether it is known to be there: somebody said so, or it has answered once. */
    boolean exists() {
        return origin != Origin.FOUND || said.answered();
    }

    /** Takes over what is known about a server that is reached in the same way; false if that is not so. */
    boolean remembers(@Nullable ModelServerClient before) {
        if (before == null || before.added == null || added == null || !added.isReachedLike(before.added)) {
            return false;
        }
        Listing told = before.said;
        if (told.asked()) {
            said = told;
        }
        return told.asked();
    }

    /** Asks for its models; completes with null or with why they cannot be read, never exceptionally. */
    CompletableFuture<Delta.@Nullable Failed> refresh() {
        CodedText trouble = trouble();
        if (trouble != null) {
            Delta.Failed lost = ProviderErrors.lostKey(trouble);
            said = new Listing(List.of(), lost, true, false);
            return CompletableFuture.completedFuture(lost);
        }
        return provider.list().handle((names, thrown) -> {
            if (thrown == null) {
                said = new Listing(names, null, true, true);
                return null;
            }
            Delta.Failed failed = reason(thrown).failed();
            // One that was there a moment ago: its models stay choosable and explain what is wrong.
            List<String> kept = origin == Origin.FOUND ? List.of() : said.names();
            said = new Listing(kept, failed, true, said.answered());
            return failed;
        });
    }

    /** As {@link Provider#list} promises. */
    private static ProviderException reason(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException wrapper ? wrapper.getCause() : thrown;
        if (cause instanceof ProviderException known) {
            return known;
        }
        throw new CompletionException(thrown);
    }

    private @Nullable CodedText trouble() {
        return added == null ? null : added.trouble();
    }

    /** Asks one of its models. */
    Provider.Call ask(ChatRequest request, DeltaHandler handler) {
        CodedText trouble = trouble();
        if (trouble != null) {
            new SerialDelivery(handler).end(ProviderErrors.lostKey(trouble));
            return () -> {};
        }
        return provider.ask(request, handler);
    }

    /** Whether it is an agent, which calls tools of its own. */
    boolean isAgent() {
        return dialect instanceof Agent;
    }

    /** As {@link Provider#source}. */
    String source(String model) {
        return provider.source(model);
    }

    ServerStatus state(List<ServerStatus.Choice> choices) {
        Listing now = said;
        Delta.Failed problem = now.problem();
        return new ServerStatus(
                id(),
                provider.label(),
                origin,
                dialect.name(),
                shown(base),
                hasKey,
                hidden(),
                problem == null ? "" : Messages.english().text(problem.error()),
                now.asked(),
                choices);
    }

    private static String shown(URI base) {
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        String path = base.getPath();
        return base.getScheme() + "://" + base.getHost() + port + path.substring(0, path.length() - 1);
    }
}
