package app.patter.tool.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CancellableTransportTest {

    private final List<JSONRPCMessage> sent = new ArrayList<>();
    private final CancellableTransport transport = new CancellableTransport(new McpClientTransport() {
        @Override
        public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> sent.add(message));
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            throw new UnsupportedOperationException();
        }
    });

    private void call(String id, String token) {
        CallToolRequest call = new CallToolRequest("tool", Map.of(), Map.of("progressToken", token));
        transport.sendMessage(new JSONRPCRequest("tools/call", id, call)).block();
    }

    @Test
    void theServerIsToldWhichCallNobodyWaitsForAnyMore() {
        call("7", "first");
        call("8", "second");
        transport.cancel("second");
        JSONRPCNotification told = assertInstanceOf(JSONRPCNotification.class, sent.get(2));
        assertEquals("notifications/cancelled", told.method());
        assertEquals("8", assertInstanceOf(Map.class, told.params()).get("requestId"));
    }

    @Test
    void aCallThatIsUnknownOrCancelledAlreadyIsNotCancelled() {
        call("7", "first");
        transport.cancel("other");
        transport.cancel("first");
        transport.cancel("first");
        assertEquals(2, sent.size());
    }
}
