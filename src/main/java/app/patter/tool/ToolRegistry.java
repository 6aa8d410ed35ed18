package app.patter.tool;

import app.patter.concurrent.Executors;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.tool.BuiltInTools.BuiltIn;
import app.patter.tool.mcp.McpJson;
import app.patter.tool.mcp.McpServer;
import app.patter.tool.mcp.McpTransports;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The tools of this node. Servers are asked for theirs when they are added and, while they cannot be reached, again every
 * half minute that somebody wants tools.
 */
@ApplicationScoped
public class ToolRegistry {

    private static final Logger LOG = System.getLogger(ToolRegistry.class.getName());

    /** Where the built-in ones are from. */
    static final String BUILT_IN = "patter";

    private static final Duration AGAIN = Duration.ofSeconds(30);

    @Inject
    private Executors executors;

    private final boolean commands = Settings.ofProcess().on(Setting.TOOL_COMMANDS);
    private final String prefix =
            Settings.ofProcess().text(Setting.TOOL_COMMAND_PREFIX).orElse("");
    private final Duration timeout = Settings.ofProcess().duration(Setting.TOOL_TIMEOUT);

    private final McpJsonMapper json = McpJson.MAPPER;
    private BuiltInTools builtIn;

    private volatile List<McpServer> servers = List.of();
    private volatile Map<String, ToolChoice.Said> choices = Map.of();
    private volatile long looked;
    private final CompletableFuture<Void> everDescribed = new CompletableFuture<>();

    /** A tool as administrators see it. */
    record Listed(String source, String tool, String title, String description, Permission permission) {}

    @PostConstruct
    void start() {
        builtIn = new BuiltInTools(executors.tools());
    }

    /** From now on knows these servers, and what was said about tools; connections that still serve stay open. */
    synchronized void use(List<ToolServer> described, Map<String, ToolChoice.Said> told) {
        Map<String, McpServer> before = new HashMap<>();
        servers.forEach(server -> before.put(server.described().slug(), server));
        List<McpServer> now = new ArrayList<>();
        List<McpServer> fresh = new ArrayList<>();
        for (ToolServer server : described) {
            McpServer old = before.get(server.slug());
            if (old != null && old.described().isReachedLike(server)) {
                now.add(old.described(server));
                before.remove(server.slug());
            } else {
                McpServer made =
                        new McpServer(server, () -> McpTransports.to(server, json, commands, prefix), json, timeout);
                now.add(made);
                fresh.add(made);
            }
        }
        servers = List.copyOf(now);
        choices = Map.copyOf(told);
        before.values().forEach(McpServer::close);
        lookAt(fresh);
        looked = System.nanoTime();
        everDescribed.complete(null);
    }

    /**
     * Completes when every server was asked for its tools once, as after a start, and in any case after a while. Never fails.
     */
    public CompletableFuture<Void> ready() {
        return everDescribed
                .thenCompose(nothing -> CompletableFuture.allOf(servers.stream()
                        .filter(server -> !server.described().hidden())
                        .map(McpServer::looked)
                        .toArray(CompletableFuture[]::new)))
                .completeOnTimeout(null, McpServer.CONNECTING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Starting a command can hold the thread for a while. */
    private CompletableFuture<Void> refresh(McpServer server) {
        CompletableFuture<Void> looked = new CompletableFuture<>();
        executors.tools().execute(() -> {
            var unused = server.refresh().whenComplete((nothing, thrown) -> looked.complete(null));
        });
        return looked;
    }

    private void lookAt(List<McpServer> some) {
        for (McpServer server : some) {
            var unused = refresh(server);
        }
    }

    private CompletableFuture<?>[] looking() {
        List<McpServer> asked = servers;
        CompletableFuture<?>[] looking = new CompletableFuture<?>[asked.size()];
        for (int at = 0; at < looking.length; at++) {
            looking[at] = refresh(asked.get(at));
        }
        return looking;
    }

    /** Asks all servers for their tools, and waits for that, but not for long. */
    void lookAgain() {
        CompletableFuture<?>[] looking = looking();
        try {
            CompletableFuture.allOf(looking).get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "Some tool servers are slow.");
        }
    }

    /** What a server has said. */
    McpServer.Listing known(String slug) {
        return servers.stream()
                .filter(server -> server.described().slug().equals(slug))
                .findFirst()
                .map(McpServer::listing)
                .orElse(new McpServer.Listing(List.of(), "", false));
    }

    /** The tools that models are told of now, by name; not modifiable. */
    public Map<String, AvailableTool> available() {
        lookForLost();
        AvailableTools available = new AvailableTools();
        for (BuiltIn tool : builtIn.all()) {
            Permission permission = permission(
                    BUILT_IN, tool.name(), tool.standard(), Fingerprint.of(tool.description(), tool.schema()));
            available.add(tool.name(), tool.title(), tool.description(), tool.schema(), permission, tool.caller());
        }
        for (McpServer server : servers) {
            if (!server.described().hidden()) {
                server.listing().tools().forEach(tool -> add(server, tool, available));
            }
        }
        return available.byName();
    }

    private void lookForLost() {
        if (System.nanoTime() - looked > AGAIN.toNanos()) {
            looked = System.nanoTime();
            lookAt(servers.stream()
                    .filter(server -> !server.listing().problem().isEmpty())
                    .toList());
        }
    }

    private void add(McpServer server, McpSchema.Tool tool, AvailableTools available) {
        ToolServer from = server.described();
        try {
            available.add(
                    from.slug() + "_" + tool.name(),
                    from.label() + ": " + title(tool),
                    tool.description() == null ? title(tool) : tool.description(),
                    json.writeValueAsString(tool.inputSchema()),
                    permission(from.slug(), tool.name(), from.permission(), fingerprint(tool)),
                    (arguments, progress) -> server.call(tool.name(), arguments, progress));
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "A tool of {0} has no schema that can be told.", from.slug());
        }
    }

    private static String title(McpSchema.Tool tool) {
        return tool.title() == null || tool.title().isBlank() ? tool.name() : tool.title();
    }

    private Permission permission(String source, String tool, Permission standard, String fingerprint) {
        ToolChoice.Said said = choices.get(source + "/" + tool);
        return said == null ? standard : said.now(fingerprint);
    }

    private String fingerprint(McpSchema.Tool tool) {
        try {
            String description = tool.description() == null ? "" : tool.description();
            return Fingerprint.of(description, json.writeValueAsString(tool.inputSchema()));
        } catch (IOException e) {
            return ""; // such a tool is not offered
        }
    }

    /** What a tool says of itself now; null if it is not known. */
    @Nullable
    String fingerprint(String source, String name) {
        return source.equals(BUILT_IN)
                ? null // changes with Patter only
                : known(source).tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .findFirst()
                        .map(this::fingerprint)
                        .orElse(null);
    }

    /** The built-in tools, for administrators. */
    List<Listed> listed() {
        return builtIn.all().stream()
                .map(tool -> new Listed(
                        BUILT_IN,
                        tool.name(),
                        tool.title(),
                        tool.description(),
                        permission(
                                BUILT_IN,
                                tool.name(),
                                tool.standard(),
                                Fingerprint.of(tool.description(), tool.schema()))))
                .toList();
    }

    /** The tools of one server, for administrators. */
    List<Listed> listed(ToolServer server) {
        return known(server.slug()).tools().stream()
                .map(tool -> new Listed(
                        server.slug(),
                        tool.name(),
                        title(tool),
                        tool.description() == null ? "" : tool.description(),
                        permission(server.slug(), tool.name(), server.permission(), fingerprint(tool))))
                .toList();
    }

    /** Whether commands may be run. */
    boolean commands() {
        return commands;
    }

    @PreDestroy
    void stop() {
        servers.forEach(McpServer::close);
        try {
            builtIn.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
