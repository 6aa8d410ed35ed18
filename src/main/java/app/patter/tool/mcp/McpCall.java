package app.patter.tool.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** A call under way, which the server is told to end when nobody waits for it any more. Thread-safe. */
final class McpCall {

    private final String token;
    private CompletableFuture<CallToolResult> result = new CompletableFuture<>();
    private @Nullable McpConnection connection;
    private @Nullable Disposable running;
    private boolean cancelled;

    /** @param token the request's progress token, by which the transport knows it */
    McpCall(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /** Sends the request, or does not if the call was cancelled before; a second time if the first was not made. */
    CompletableFuture<CallToolResult> begin(McpConnection there, CallToolRequest request) {
        CompletableFuture<CallToolResult> answer = new CompletableFuture<>();
        synchronized (this) {
            result = answer;
            if (cancelled) {
                answer.cancel(false);
                return answer;
            }
            connection = there;
        }
        there.use();
        Disposable subscription =
                there.client().callTool(request).subscribe(answer::complete, answer::completeExceptionally);
        boolean late;
        synchronized (this) {
            running = subscription;
            late = cancelled;
        }
        if (late) { // before there was anything to dispose of, and perhaps before it was sent
            there.transport().cancel(token);
            subscription.dispose();
        }
        return answer.whenComplete((received, thrown) -> there.leave());
    }

    /** There is an answer, or there will be none. */
    void ended() {
        McpConnection there;
        synchronized (this) {
            there = connection;
        }
        if (there != null) {
            there.transport().forget(token);
        }
    }

    /** Ends it; any number of times. */
    void cancel() {
        McpConnection there;
        Disposable subscription;
        CompletableFuture<CallToolResult> answer;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            there = connection;
            subscription = running;
            answer = result;
        }
        if (there != null) {
            there.transport().cancel(token);
        }
        if (subscription != null) {
            subscription.dispose();
        }
        answer.cancel(false);
    }
}
