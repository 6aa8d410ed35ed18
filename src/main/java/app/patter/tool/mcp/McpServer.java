package app.patter.tool.mcp;

import app.patter.conversation.ToolEvent.Progress;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolException;
import app.patter.tool.ToolInvocation;
import app.patter.tool.ToolServer;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
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
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * One server of tools, spoken with over the Model Context Protocol by its Java SDK. Connected when it is first needed,
 * and again after the connection was lost. Thread-safe.
 */
public final class McpServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(McpServer.class.getName());

    public static final Duration CONNECTING = Duration.ofSeconds(15);
    private static final Duration ALIVE = Duration.ofSeconds(5);
    private static final TypeRef<Map<String, Object>> ARGUMENTS = new TypeRef<>() {};

    /** The SDK's own bound, which only has to come after ours. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private volatile ToolServer described;
    private final Supplier<CancellableTransport> transports;
    private final McpJsonMapper json;
    private final Duration timeout;

    private final Map<String, Consumer<Progress>> progress = new ConcurrentHashMap<>();
    private volatile Listing listing = new Listing(List.of(), "", false);
    private @Nullable CompletableFuture<Connection> connection;
    private boolean closed;

    /** What it has said about itself. */
    public record Listing(List<McpSchema.Tool> tools, String problem, boolean asked) {}

    private final CompletableFuture<Void> looked = new CompletableFuture<>();

    /** A connection, which several calls use at once. One that has failed is closed when none of them does any more. */
    private static final class Connection {

        private final McpAsyncClient client;
        private final CancellableTransport transport;

        /** Guarded by this. */
        private int users;

        /** Guarded by this. */
        private boolean retired;

        Connection(McpAsyncClient client, CancellableTransport transport) {
            this.client = client;
            this.transport = transport;
        }

        McpAsyncClient client() {
            return client;
        }

        CancellableTransport transport() {
            return transport;
        }

        synchronized void use() {
            users++;
        }

        void leave() {
            boolean last;
            synchronized (this) {
                users--;
                last = retired && users == 0;
            }
            if (last) {
                client.close();
            }
        }

        void retire() {
            boolean last;
            synchronized (this) {
                last = !retired && users == 0;
                retired = true;
            }
            if (last) {
                client.close();
            }
        }
    }

    /**
     * A server; nothing is sent yet.
     *
     * @param transports makes the transport of each connection
     */
    public McpServer(
            ToolServer described, Supplier<CancellableTransport> transports, McpJsonMapper json, Duration timeout) {
        this.described = described;
        this.transports = transports;
        this.json = json;
        this.timeout = timeout;
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
        CompletableFuture<Connection> asked = connected();
        return asked.thenCompose(there -> there.client().listTools().toFuture())
                .orTimeout(CONNECTING.toMillis(), TimeUnit.MILLISECONDS)
                .handle((listed, thrown) -> {
                    if (thrown == null) {
                        listing = new Listing(List.copyOf(listed.tools()), "", true);
                    } else {
                        drop(asked);
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

    private synchronized CompletableFuture<Connection> connected() {
        if (closed) {
            return CompletableFuture.failedFuture(new ToolException("This server was removed."));
        }
        CompletableFuture<Connection> there = connection;
        if (there == null || there.isCompletedExceptionally()) {
            there = connect();
            connection = there;
        }
        return there;
    }

    private CompletableFuture<Connection> connect() {
        CancellableTransport transport;
        try {
            transport = transports.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        McpAsyncClient client = McpClient.async(transport)
                .clientInfo(McpSchema.Implementation.builder("patter", "1").build())
                .initializationTimeout(CONNECTING)
                .requestTimeout(timeout.plus(MARGIN))
                .jsonSchemaValidator((schema, value) ->
                        io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse.asValid(null))
                .enableCallToolSchemaCaching(false)
                .progressConsumer(told -> {
                    progressed(told);
                    return Mono.empty();
                })
                .toolsChangeConsumer(tools -> {
                    listing = new Listing(List.copyOf(tools), "", true);
                    return Mono.empty();
                })
                .build();
        return client.initialize().toFuture().handle((told, thrown) -> {
            if (thrown != null) {
                client.close();
                throw new CompletionException(thrown);
            }
            return new Connection(client, transport);
        });
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
        Call call = new Call(token);
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
            Call call, String tool, JsonObject arguments, boolean again) {
        return alive().thenCompose(there -> call.begin(there, request(tool, arguments, call.token))
                .exceptionallyCompose(thrown -> {
                    Throwable cause = cause(thrown);
                    if (cause instanceof McpError || cause instanceof CancellationException) {
                        return CompletableFuture.failedFuture(cause);
                    }
                    return there.transport().refused(call.token).thenCompose(refused -> {
                        drop(there); // its SDK begins another session by itself, but not always to the end
                        return refused && again
                                ? made(call, tool, arguments, false)
                                : CompletableFuture.failedFuture(cause);
                    });
                }));
    }

    /** A command may have ended without anybody being told; then it is started again. */
    private CompletableFuture<Connection> alive() {
        CompletableFuture<Connection> there = connected();
        if (described.kind() != ToolServer.Kind.COMMAND) {
            return there;
        }
        return there.thenCompose(found -> found.client()
                .ping()
                .timeout(ALIVE)
                .toFuture()
                .thenApply(pong -> found)
                .exceptionallyCompose(thrown -> {
                    drop(found);
                    return connected();
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

    /** A call under way, which the server is told to end when nobody waits for it any more. */
    private static final class Call {

        private final String token;
        private CompletableFuture<McpSchema.CallToolResult> result = new CompletableFuture<>();
        private @Nullable Connection there;
        private @Nullable Disposable running;
        private boolean cancelled;

        Call(String token) {
            this.token = token;
        }

        CompletableFuture<McpSchema.CallToolResult> begin(Connection connected, CallToolRequest request) {
            CompletableFuture<McpSchema.CallToolResult> answer = new CompletableFuture<>();
            synchronized (this) {
                result = answer;
                if (cancelled) {
                    answer.cancel(false);
                    return answer;
                }
                there = connected;
            }
            connected.use();
            Disposable subscription =
                    connected.client().callTool(request).subscribe(answer::complete, answer::completeExceptionally);
            boolean late;
            synchronized (this) {
                running = subscription;
                late = cancelled;
            }
            if (late) { // before there was anything to dispose of, and perhaps before it was sent
                connected.transport().cancel(token);
                subscription.dispose();
            }
            return answer.whenComplete((told, thrown) -> connected.leave());
        }

        void ended() {
            Connection connected;
            synchronized (this) {
                connected = there;
            }
            if (connected != null) {
                connected.transport().forget(token);
            }
        }

        void cancel() {
            Connection connected;
            Disposable subscription;
            CompletableFuture<McpSchema.CallToolResult> answer;
            synchronized (this) {
                if (cancelled) {
                    return;
                }
                cancelled = true;
                connected = there;
                subscription = running;
                answer = result;
            }
            if (connected != null) {
                connected.transport().cancel(token);
            }
            if (subscription != null) {
                subscription.dispose();
            }
            answer.cancel(false);
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
        return McpErrors.message(cause(thrown), described);
    }

    /** Uses that connection no more; a newer one stays, and so does what is under way on it. */
    private void drop(Connection failed) {
        synchronized (this) {
            CompletableFuture<Connection> there = connection;
            if (there != null && there.isDone() && !there.isCompletedExceptionally() && there.join() == failed) {
                connection = null;
            }
        }
        failed.retire();
    }

    /** The same for one that may not be there yet. */
    private void drop(CompletableFuture<Connection> failed) {
        synchronized (this) {
            if (connection == failed) {
                connection = null;
            }
        }
        var unused = failed.thenAccept(Connection::retire);
    }

    /** Ends the connection. */
    @Override
    public void close() {
        CompletableFuture<Connection> last;
        synchronized (this) {
            closed = true;
            last = connection;
            connection = null;
        }
        looked.complete(null);
        if (last != null) {
            var unused = last.thenAccept(there -> there.client().close());
        }
    }
}
