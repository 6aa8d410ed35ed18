package app.patter.tool.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A transport that remembers under which id each call went out, so that it can be cancelled: the SDK gives up on a call
 * without telling the server (MCP specification, "Cancellation").
 */
public final class CancellableTransport implements McpClientTransport {

    /** The SDK tells of a lost session before it tells what has become of the call with which it noticed. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private final McpClientTransport transport;

    /** Ids of requests by their progress token. */
    private final Map<String, Object> calls = new ConcurrentHashMap<>();

    /** Whether the server has refused to know the session that a call belongs to, by its progress token. */
    private final Map<String, CompletableFuture<Boolean>> refusals = new ConcurrentHashMap<>();

    CancellableTransport(McpClientTransport transport) {
        this.transport = transport;
    }

    /** Tells the server that nobody waits for a call any more; returns at once. */
    void cancel(String token) {
        Object id = calls.remove(token);
        if (id != null) {
            var unused = transport
                    .sendMessage(new JSONRPCNotification(
                            "notifications/cancelled", Map.of("requestId", id, "reason", "The person stopped it.")))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    /** A call has ended. */
    void forget(String token) {
        calls.remove(token);
        refusals.remove(token);
    }

    /**
     * Whether a call that has failed was refused because the server knows nothing of the session, so that it was certainly
     * not made. The SDK fails all calls of a lost session in the same way, also those that were made.
     */
    CompletableFuture<Boolean> refused(String token) {
        return refusals.getOrDefault(token, CompletableFuture.completedFuture(false))
                .copy()
                .completeOnTimeout(false, SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        if (message instanceof JSONRPCRequest request
                && request.params() instanceof CallToolRequest call
                && call.meta() != null) {
            String token = String.valueOf(call.meta().get("progressToken"));
            calls.put(token, request.id());
            CompletableFuture<Boolean> refused = new CompletableFuture<>();
            refusals.put(token, refused);
            return transport
                    .sendMessage(message)
                    .doOnSuccess(nothing -> refused.complete(false))
                    .doOnError(thrown -> refused.complete(thrown instanceof McpTransportSessionNotFoundException));
        }
        return transport.sendMessage(message);
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return transport.connect(handler);
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        transport.setExceptionHandler(handler);
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return transport.closeGracefully();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return transport.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return transport.protocolVersions();
    }
}
