package app.patter.upstream;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A model server with what it has said last about its models. Thread-safe. */
final class Place {

    private final HttpUpstream upstream;
    private final Origin origin;
    private final URI base;
    private final Dialect dialect;
    private final boolean hasKey;
    private final @Nullable Server added;

    private volatile Said said = new Said(List.of(), null, false, false);

    /**
     * What a server has said.
     *
     * @param names of its models
     * @param problem null if the last list could be read
     * @param asked whether it was ever asked for a list, and answered or not
     * @param answered whether it ever gave a list
     */
    private record Said(List<String> names, Delta.@Nullable Failed problem, boolean asked, boolean answered) {}

    /** @param added null unless an administrator has added it */
    Place(HttpUpstream upstream, Origin origin, URI base, Dialect dialect, boolean hasKey, @Nullable Server added) {
        this.upstream = upstream;
        this.origin = origin;
        this.base = base;
        this.dialect = dialect;
        this.hasKey = hasKey;
        this.added = added;
    }

    String id() {
        return upstream.id();
    }

    Origin origin() {
        return origin;
    }

    boolean hidden() {
        return added != null && added.hidden();
    }

    boolean chosenOnly() {
        return added != null && added.chosenOnly();
    }

    /** Names of its models, as far as they are known. */
    List<String> names() {
        return said.names();
    }

    /** Whether it is known to be there: somebody said so, or it has answered once. */
    boolean exists() {
        return origin != Origin.FOUND || said.answered();
    }

    /** How a model of it is called where it stands beside those of other servers. */
    String label(String name) {
        return origin == Origin.SETTINGS ? name : name + " (" + upstream.label() + ")";
    }

    /** Takes over what is known about a place that is reached in the same way; false if that is not so. */
    boolean remembers(@Nullable Place before) {
        if (before == null || before.added == null || added == null || !added.isReachedLike(before.added)) {
            return false;
        }
        Said told = before.said;
        if (told.asked()) {
            said = told;
        }
        return told.asked();
    }

    /** Asks for its models; completes with null or with why they cannot be read, never exceptionally. */
    CompletableFuture<Delta.@Nullable Failed> look() {
        if (added != null && !added.trouble().isEmpty()) {
            Delta.Failed lost = Faults.lostKey(added.trouble());
            said = new Said(List.of(), lost, true, false);
            return CompletableFuture.completedFuture(lost);
        }
        return upstream.list().handle((names, thrown) -> {
            if (thrown == null) {
                said = new Said(names, null, true, true);
                return null;
            }
            Throwable reason = thrown.getCause() == null ? thrown : thrown.getCause();
            Delta.Failed failed = reason instanceof UpstreamException known ? known.failed() : upstream.failed(reason);
            // One that was there a moment ago: its models stay choosable and explain what is wrong.
            List<String> kept = origin == Origin.FOUND ? List.of() : said.names();
            said = new Said(kept, failed, true, said.answered());
            return failed;
        });
    }

    /** Asks one of its models. */
    Upstream.Call ask(Prompt prompt, Deltas deltas) {
        if (added != null && !added.trouble().isEmpty()) {
            new Delivery(deltas).end(Faults.lostKey(added.trouble()));
            return () -> {};
        }
        return upstream.ask(prompt, deltas);
    }

    /** Whether it is an agent, which calls tools of its own. */
    boolean callsItself() {
        return dialect instanceof Agent;
    }

    /** As {@link HttpUpstream#source}. */
    String source(String model) {
        return upstream.source(model);
    }

    ServerState state(List<ServerState.Choice> choices) {
        Said now = said;
        Delta.Failed problem = now.problem();
        return new ServerState(
                id(),
                upstream.label(),
                origin,
                dialect.name(),
                shown(base),
                hasKey,
                hidden(),
                problem == null ? "" : problem.message(),
                now.asked(),
                choices);
    }

    private static String shown(URI base) {
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        String path = base.getPath();
        return base.getScheme() + "://" + base.getHost() + port + path.substring(0, path.length() - 1);
    }
}
