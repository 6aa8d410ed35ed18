package app.patter.tool.mcp;

import app.patter.conversation.ToolEvent.Progress;
import app.patter.text.Messages;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolException;
import app.patter.tool.ToolInvocation;
import app.patter.tool.ToolServer;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One server of tools, spoken with over the Model Context Protocol by its Java SDK. Connected when it is first needed,
 * and again after the connection was lost. Thread-safe.
 */
public final class McpServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(McpServer.class.getName());

    public static final Duration CONNECTING = McpConnections.CONNECTING;
    private static final Duration ALIVE = Duration.ofSeconds(5);
    private static final TypeRef<Map<String, Object>> ARGUMENTS = new TypeRef<>() {};

    private volatile ToolServer described;
    private final McpJsonMapper json;
    private final McpConnections connections;

    private final Map<String, Consumer<Progress>> progress = new ConcurrentHashMap<>();
    private volatile Listing listing = new Listing(List.of(), "", false);
    private final CompletableFuture<Void> looked = new CompletableFuture<>();

    /** What it has said about itself. */
    public record Listing(List<McpSchema.Tool> tools, String problem, boolean asked) {}

    /**
     * A server; nothing is sent yet.
     *
     * @param transports makes the transport of each connection
     */
    public McpServer(
            ToolServer described, Supplier<CancellableTransport> transports, McpJsonMapper json, Duration timeout) {
        this.described = described;
        this.json = json;
        this.connections = new McpConnections(transports, timeout, this::progressed, this::listed);
    }

    public ToolServer described() {
        return described;
    }

    /** The same server under another name, or with another permission. */
    public McpServer described(ToolServer now) {
        described = now;
        return this;
    }

    public Listing listing() {
        return listing;
    }

    /** Asks for its tools; what it says, or why it says nothing, is {@link #listing} then. Never fails. */
    public CompletableFuture<Void> refresh() {
        CompletableFuture<McpConnection> asked = connections.get();
        return asked.thenCompose(there -> there.client().listTools().toFuture())
                .orTimeout(CONNECTING.toMillis(), TimeUnit.MILLISECONDS)
                .handle((result, thrown) -> {
                    if (thrown == null) {
                        listed(result.tools());
                    } else {
                        connections.drop(asked);
                        listing = new Listing(listing.tools(), problem(thrown), true);
                        LOG.log(Level.WARNING, "Tool server {0}: {1}", described.slug(), listing.problem());
                    }
                    looked.complete(null);
                    return null;
                });
    }

    /** Completes when it was asked for its tools once, whatever came of it, or is asked no more. Never fails. */
    public CompletableFuture<Void> looked() {
        return looked;
    }

    private void listed(List<McpSchema.Tool> tools) {
        listing = new Listing(List.copyOf(tools), "", true);
    }

    private void progressed(McpSchema.ProgressNotification told) {
        Consumer<Progress> listening = progress.get(String.valueOf(told.progressToken()));
        if (listening != null) {
            listening.accept(new Progress(told.progress(), told.total(), told.message() == null ? "" : told.message()));
        }
    }

    /** Calls one of its tools. */
    public ToolInvocation call(String tool, JsonObject arguments, Consumer<Progress> listening) {
        String token = UUID.randomUUID().toString();
        progress.put(token, listening);
        McpCall call = new McpCall(token);
        CompletableFuture<ToolAnswer> answer = made(call, tool, arguments, true)
                .thenApply(McpAnswers::of)
                .handle((said, thrown) -> {
                    progress.remove(token);
                    call.ended();
                    if (thrown == null) {
                        return said;
                    }
                    Throwable cause = cause(thrown);
                    if (cause instanceof CancellationException) {
                        return ToolAnswer.failed("This call was stopped.");
                    }
                    if (cause instanceof McpError error) {
                        return ToolAnswer.failed("The tool server refused: " + McpAnswers.message(error));
                    }
                    throw new ToolException("The tool server cannot be asked: " + problem(thrown));
                });
        return new ToolInvocation(answer, call::cancel);
    }

    /** @param again whether a server that has forgotten the session, and so has done nothing, is asked once more */
    private CompletableFuture<McpSchema.CallToolResult> made(
            McpCall call, String tool, JsonObject arguments, boolean again) {
        return alive().thenCompose(there -> call.begin(there, request(tool, arguments, call.token()))
                .exceptionallyCompose(thrown -> {
                    Throwable cause = cause(thrown);
                    if (cause instanceof McpError || cause instanceof CancellationException) {
                        return CompletableFuture.failedFuture(cause);
                    }
                    return there.transport().refused(call.token()).thenCompose(refused -> {
                        connections.drop(there); // its SDK begins another session by itself, but not always to the end
                        return refused && again
                                ? made(call, tool, arguments, false)
                                : CompletableFuture.failedFuture(cause);
                    });
                }));
    }

    /** A command may have ended without anybody being told; then it is started again. */
    private CompletableFuture<McpConnection> alive() {
        CompletableFuture<McpConnection> there = connections.get();
        if (described.kind() != ToolServer.Kind.COMMAND) {
            return there;
        }
        return there.thenCompose(found -> found.client()
                .ping()
                .timeout(ALIVE)
                .toFuture()
                .thenApply(pong -> found)
                .exceptionallyCompose(thrown -> {
                    connections.drop(found);
                    return connections.get();
                }));
    }

    private CallToolRequest request(String tool, JsonObject arguments, String token) {
        try {
            Map<String, Object> values = json.readValue(arguments.toString(), ARGUMENTS);
            return new CallToolRequest(tool, values, Map.of("progressToken", token));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private String problem(Throwable thrown) {
        return Messages.english().text(McpErrors.of(cause(thrown), described));
    }

    /** Ends the connection. */
    @Override
    public void close() {
        connections.close();
        looked.complete(null);
    }
}
