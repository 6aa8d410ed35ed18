package app.patter.tool.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The other side of a connection, without a network: answers what the test has told it to, and remembers the rest. */
final class ScriptedTransport implements McpClientTransport {

    static final McpJsonMapper JSON = McpJson.MAPPER;

    private final Map<String, String> results = new HashMap<>();
    private final List<String> methods = new ArrayList<>();
    private final List<JSONRPCRequest> unanswered = new ArrayList<>();
    private Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;
    private boolean closed;

    ScriptedTransport() {
        answers(
                "initialize",
                "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}");
    }

    /** From now on answers requests of that method with that result. */
    ScriptedTransport answers(String method, String result) {
        results.put(method, result);
        return this;
    }

    /** Answers the requests that have waited so far. */
    void answerAll(String result) {
        List<JSONRPCRequest> waiting = List.copyOf(unanswered);
        unanswered.clear();
        waiting.forEach(request -> answer(request, result));
    }

    /** The methods of all messages so far. */
    List<String> methods() {
        return List.copyOf(methods);
    }

    boolean closed() {
        return closed;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        this.handler = handler;
        return Mono.empty();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            if (message instanceof JSONRPCRequest request) {
                methods.add(request.method());
                String result = results.get(request.method());
                if (result == null) {
                    unanswered.add(request);
                } else {
                    answer(request, result);
                }
            } else if (message instanceof McpSchema.JSONRPCNotification notification) {
                methods.add(notification.method());
            }
        });
    }

    private void answer(JSONRPCRequest request, String result) {
        try {
            Map<String, Object> value = JSON.readValue(result, new TypeRef<>() {});
            JSONRPCResponse response = new JSONRPCResponse(McpSchema.JSONRPC_VERSION, request.id(), value, null);
            handler.apply(Mono.just(response)).subscribe();
        } catch (IOException e) {
            throw new IllegalArgumentException(result, e);
        }
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(() -> closed = true);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return JSON.convertValue(data, type);
    }
}
