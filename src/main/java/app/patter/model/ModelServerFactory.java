package app.patter.model;

import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.provider.Dialect;
import app.patter.provider.Origin;
import app.patter.provider.demo.Demo;
import app.patter.provider.dialect.Dialects;
import app.patter.provider.http.HttpProvider;
import app.patter.provider.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the clients of model servers; nothing is sent yet. */
final class ModelServerFactory {

    /** Id of the server in the settings. */
    static final String CONFIGURED = "openai";

    /** Ids of servers that no added server may have. */
    static final Set<String> RESERVED = Stream.concat(
                    Stream.of(CONFIGURED, Demo.ID),
                    LoopbackServer.COMMON.stream().map(LoopbackServer::id))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Duration PROBE = Duration.ofSeconds(1);
    /** A list on the internet takes longer than one on loopback. */
    private static final Duration LISTING = Duration.ofSeconds(5);

    private final Transport transport;

    ModelServerFactory(Transport transport) {
        this.transport = transport;
    }

    /** The server that the settings name; where they name none, those that may be found on loopback. */
    List<ModelServerClient> fixed(Settings settings, List<LoopbackServer> places) {
        return settings.address(Setting.MODEL_URL)
                .map(base -> List.of(configured(settings, base)))
                .orElseGet(() -> discovers(settings) ? loopback(settings, places) : List.of());
    }

    /**
     * Whoever has an account on the machine may listen on its loopback, and is sent what people write. That is their own
     * machine as a rule where people reach Patter by loopback; elsewhere an operator has to say so.
     */
    private static boolean discovers(Settings settings) {
        return switch (settings.choice(Setting.DISCOVERY)) {
            case "on" -> true;
            case "off" -> false;
            default ->
                settings.address(Setting.URL)
                        .map(URI::getHost)
                        .filter(LOOPBACK::contains)
                        .isPresent();
        };
    }

    private ModelServerClient configured(Settings settings, URI base) {
        String key = settings.text(Setting.MODEL_KEY).orElse(null);
        Dialect dialect = Dialects.named(settings.choice(Setting.MODEL_API));
        return client(CONFIGURED, base.getHost(), base, key, Origin.SETTINGS, dialect, LISTING, null);
    }

    private List<ModelServerClient> loopback(Settings settings, List<LoopbackServer> places) {
        int ourPort = settings.address(Setting.URL).map(URI::getPort).orElse(-1);
        return places.stream()
                .filter(place -> place.base().getPort() != ourPort)
                .map(place -> client(
                        place.id(), place.label(), place.base(), null, Origin.FOUND, place.dialect(), PROBE, null))
                .toList();
    }

    /** A server that an administrator has added. */
    ModelServerClient added(ServerConfig server) {
        Dialect dialect = Dialects.named(server.dialect());
        return client(server.id(), server.label(), server.base(), server.key(), Origin.ADDED, dialect, LISTING, server);
    }

    private ModelServerClient client(
            String id,
            String label,
            URI base,
            @Nullable String key,
            Origin origin,
            Dialect dialect,
            Duration listing,
            @Nullable ServerConfig added) {
        HttpProvider provider = new HttpProvider(id, label, base, key, origin, dialect, listing, transport);
        return new ModelServerClient(provider, origin, base, dialect, key != null, added);
    }
}
