package app.patter.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The servers that can be asked now, in the order in which their models are offered: the one of the settings, those that
 * administrators have added, those found on loopback. Thread-safe.
 */
final class ModelServers {

    private final boolean configured;
    private final List<ModelServerClient> fixed;
    private volatile List<ModelServerClient> added = List.of();

    /** @param configured whether {@code fixed} is the server of the settings, and not what may be found on loopback */
    ModelServers(boolean configured, List<ModelServerClient> fixed) {
        this.configured = configured;
        this.fixed = fixed;
    }

    List<ModelServerClient> all() {
        List<ModelServerClient> now = added;
        return (configured ? Stream.concat(fixed.stream(), now.stream()) : Stream.concat(now.stream(), fixed.stream()))
                .toList();
    }

    /** The server of a model. */
    Optional<ModelServerClient> find(String modelId) {
        String server = ModelId.of(modelId).server();
        return all().stream().filter(client -> client.id().equals(server)).findFirst();
    }

    /**
     * Puts these in place of those that were added before.
     *
     * @return those of which nothing is known yet; the others take over what is
     */
    synchronized List<ModelServerClient> replaceAdded(List<ModelServerClient> now) {
        Map<String, ModelServerClient> before =
                added.stream().collect(Collectors.toMap(ModelServerClient::id, Function.identity()));
        List<ModelServerClient> fresh = now.stream()
                .filter(client -> !client.remembers(before.get(client.id())))
                .toList();
        added = List.copyOf(now);
        return fresh;
    }
}
