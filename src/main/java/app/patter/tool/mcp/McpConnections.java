package app.patter.tool.mcp;

import app.patter.tool.ToolException;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The connection to a server: made when it is first needed, and again after it was lost. Thread-safe. */
final class McpConnections {

    static final Duration CONNECTING = Duration.ofSeconds(15);

    /** The SDK's own bound, which only has to come after ours. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Supplier<CancellableTransport> transports;
    private final Duration timeout;
    private final Consumer<McpSchema.ProgressNotification> progress;
    private final Consumer<List<McpSchema.Tool>> tools;

    private @Nullable CompletableFuture<McpConnection> current;
    private boolean closed;

    /**
     * No connection yet.
     *
     * @param transports makes the transport of each connection
     * @param timeout longest time that a call may take
     * @param progress told on any thread what the server says about calls under way
     * @param tools told on any thread when the server has other tools
     */
    McpConnections(
            Supplier<CancellableTransport> transports,
            Duration timeout,
            Consumer<McpSchema.ProgressNotification> progress,
            Consumer<List<McpSchema.Tool>> tools) {
        this.transports = transports;
        this.timeout = timeout;
        this.progress = progress;
        this.tools = tools;
    }

    /** The connection that there is, or a new one; fails if there can be none. */
    synchronized CompletableFuture<McpConnection> get() {
        if (closed) {
            return CompletableFuture.failedFuture(new ToolException("This server was removed."));
        }
        CompletableFuture<McpConnection> known = current;
        if (known == null || known.isCompletedExceptionally()) {
            known = connect();
            current = known;
        }
        return known;
    }

    private CompletableFuture<McpConnection> connect() {
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
                .jsonSchemaValidator((schema, value) -> ValidationResponse.asValid(null))
                .enableCallToolSchemaCaching(false)
                .progressConsumer(notification -> {
                    progress.accept(notification);
                    return Mono.empty();
                })
                .toolsChangeConsumer(changed -> {
                    tools.accept(changed);
                    return Mono.empty();
                })
                .build();
        return client.initialize().toFuture().handle((result, thrown) -> {
            if (thrown != null) {
                client.close();
                throw new CompletionException(thrown);
            }
            return new McpConnection(client, transport);
        });
    }

    /** Uses that connection no more; a newer one stays, and so does what is under way on it. */
    void drop(McpConnection failed) {
        synchronized (this) {
            CompletableFuture<McpConnection> known = current;
            if (known != null && known.isDone() && !known.isCompletedExceptionally() && known.join() == failed) {
                current = null;
            }
        }
        failed.retire();
    }

    /** The same for one that may not be there yet. */
    void drop(CompletableFuture<McpConnection> failed) {
        synchronized (this) {
            if (current == failed) {
                current = null;
            }
        }
        var unused = failed.thenAccept(McpConnection::retire);
    }

    /** Ends the connection, and makes no other. */
    void close() {
        CompletableFuture<McpConnection> last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            var unused = last.thenAccept(McpConnection::close);
        }
    }
}
