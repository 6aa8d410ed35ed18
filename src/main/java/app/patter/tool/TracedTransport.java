package app.patter.tool;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A transport that remembers under which id each call went out, so that it can be cancelled: the SDK gives up on a call
 * without telling the server (MCP specification, "Cancellation").
 */
final class TracedTransport implements McpClientTransport {

    private final McpClientTransport transport;

    /** Ids of requests by their progress token. */
    private final Map<String, Object> calls = new ConcurrentHashMap<>();

    TracedTransport(McpClientTransport transport) {
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
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        if (message instanceof JSONRPCRequest request
                && request.params() instanceof CallToolRequest call
                && call.meta() != null) {
            calls.put(String.valueOf(call.meta().get("progressToken")), request.id());
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
