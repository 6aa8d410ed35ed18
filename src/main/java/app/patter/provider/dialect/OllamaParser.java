package app.patter.provider.dialect;

import app.patter.json.Json;
import app.patter.provider.Delta;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of an Ollama chat.
 *
 * <p>Source: Ollama API reference, "Generate a chat message"; blog "Streaming responses with tool calling", "Thinking". A
 * tool call comes in one piece, mostly without an id. The line that says {@code done} is the last one.
 */
final class OllamaParser extends JsonAnswerParser {

    private final JsonArrayBuilder whole = Json.arrayBuilder();

    OllamaParser(RequestContext context) {
        super(context);
    }

    @Override
    public void event(JsonObject line, Consumer<Delta> out) {
        JsonObject message = Json.object(line, "message");
        reasoning(Thoughts.in(message), out);
        text(Json.text(message, "content") + Json.text(line, "response"), out); // the other is that of "generate"
        Json.objects(message, "tool_calls").forEach(call -> call(call, out));
        failIfError(line, out);
        if (Json.is(line, "done")) {
            String reason = Json.text(line, "done_reason");
            finish(reason.isEmpty() ? "stop" : reason); // old versions give none
            used(Json.number(line, "prompt_eval_count"), Json.number(line, "eval_count"), 0, 0);
            end(out);
        }
    }

    private void call(JsonObject call, Consumer<Delta> out) {
        JsonObject function = Json.object(call, "function");
        String arguments = ToolCalls.arguments(function, "arguments");
        String sent = arguments.isEmpty() ? "{}" : arguments;
        whole.add(
                Json.builder(call).add("function", Json.builder(function).add("arguments", Json.objectOrEmpty(sent))));
        said.interrupt(out);
        calls.whole(Json.text(call, "id"), Json.text(function, "name"), sent, out);
    }

    /** Models that think before they call a tool want to read on from there. */
    @Override
    @Nullable
    JsonValue own() {
        return !said.hasThought() || calls.isEmpty()
                ? null
                : Json.builder()
                        .add("role", "assistant")
                        .add("content", said.content())
                        .add("thinking", said.thought())
                        .add("tool_calls", whole)
                        .build();
    }
}
