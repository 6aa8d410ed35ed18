package app.patter.provider.dialect;

import app.patter.json.Json;
import app.patter.json.JsonMatcher;
import app.patter.json.JsonPattern;
import app.patter.provider.Delta;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of a chat completion.
 *
 * <p>Source: OpenAI API reference, "The chat completion chunk object"; the field {@code reasoning_content} is from vLLM,
 * DeepSeek and llama.cpp, {@code reasoning} and {@code reasoning_details} from OpenRouter, {@code extra_content} from
 * Gemini, content in parts from Mistral. Only the choice with index 0 counts. {@code [DONE]} is optional: some servers
 * never send it. Tool calls are complete when the finish reason comes, not before.
 */
public final class OpenAiChatParser extends JsonAnswerParser {

    private static final int TEXT = 0;
    private static final int REASONING = 1;
    private static final int REASONING_TOO = 2;

    /** A chunk with a piece of text or reasoning. */
    public static final JsonPattern PLAIN = JsonPattern.object(JsonPattern.anything())
            .needs(
                    "choices",
                    JsonPattern.only(JsonPattern.object(JsonPattern.anything())
                            .may("index", JsonPattern.exactly("0"))
                            .may(
                                    "delta",
                                    JsonPattern.object(JsonPattern.nothing())
                                            .may("role", JsonPattern.anything())
                                            .may("content", JsonPattern.textOrNull(TEXT))
                                            .may("reasoning_content", JsonPattern.textOrNull(REASONING))
                                            .may("reasoning", JsonPattern.textOrNull(REASONING_TOO)))
                            .may("message", JsonPattern.nothing())
                            .may("finish_reason", JsonPattern.nothing())))
            .may("object", JsonPattern.exactly("\"chat.completion.chunk\""))
            .may("usage", JsonPattern.nothing())
            .may("error", JsonPattern.nothing());

    private final JsonMatcher matcher = new JsonMatcher(PLAIN);
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final Map<ToolCalls.Call, JsonObject> extras = new LinkedHashMap<>();
    private final ReasoningDetails details = new ReasoningDetails();

    OpenAiChatParser(RequestContext context) {
        super(context);
    }

    @Override
    boolean quickly(String data, Consumer<Delta> out) {
        if (!matcher.takes(data)) {
            return false;
        }
        think(matcher.text(REASONING), matcher.text(REASONING_TOO), out);
        say(matcher.text(TEXT), out);
        return true;
    }

    @Override
    public void event(JsonObject chunk, Consumer<Delta> out) {
        for (JsonObject choice : Json.objects(chunk, "choices")) {
            if (Json.number(choice, "index") == 0) {
                choice(choice, out);
            }
        }
        JsonObject usage = Json.object(chunk, "usage"); // null in all chunks but the last
        if (!usage.isEmpty()) {
            used(
                    Json.number(usage, "prompt_tokens"),
                    Json.number(usage, "completion_tokens"),
                    Json.number(Json.object(usage, "prompt_tokens_details"), "cached_tokens"),
                    Json.number(Json.object(usage, "completion_tokens_details"), "reasoning_tokens"));
        }
        if (Json.text(chunk, "object").equals("error")) { // vLLM: {"object":"error","message":…}
            fail(chunk, out);
        } else {
            failIfError(chunk, out);
        }
    }

    private void choice(JsonObject choice, Consumer<Delta> out) {
        delta(Json.object(choice, "delta"), out);
        delta(Json.object(choice, "message"), out); // a server that ignores stream:true
        String reason = Json.text(choice, "finish_reason");
        if (!reason.isEmpty()) {
            finish(reason);
            calls.ready(out);
        }
    }

    private void delta(JsonObject delta, Consumer<Delta> out) {
        think(Json.text(delta, "reasoning_content"), Json.text(delta, "reasoning"), out);
        details.add(Json.objects(delta, "reasoning_details"));
        if (delta.get("content") instanceof JsonArray parts) {
            Json.objects(parts).forEach(part -> part(part, out));
        } else {
            say(Json.text(delta, "content"), out);
        }
        say(Json.text(delta, "refusal"), out);
        Json.objects(delta, "tool_calls").forEach(call -> call(call, out));
    }

    private void part(JsonObject part, Consumer<Delta> out) {
        say(Json.text(part, "text"), out);
        Json.objects(part, "thinking").forEach(piece -> think(Json.text(piece, "text"), "", out));
    }

    private void say(String piece, Consumer<Delta> out) {
        content.append(piece);
        text(piece, out);
    }

    /** vLLM sends the same text under both names while it moves from the one to the other. */
    private void think(String content, String otherwise, Consumer<Delta> out) {
        String piece = content.isEmpty() ? otherwise : content;
        thought.append(piece);
        reasoning(piece, out);
    }

    private void call(JsonObject piece, Consumer<Delta> out) {
        Long index = piece.get("index") instanceof JsonNumber ? Json.number(piece, "index") : null;
        JsonObject function = Json.object(piece, "function");
        String id = Json.text(piece, "id");
        String name = Json.text(function, "name");
        ToolCalls.Call call = calls.at(index, id, name);
        call.named(id, name, out);
        JsonObject whole = Json.object(function, "arguments"); // some servers send it in JSON, not in a string of JSON
        call.more(whole.isEmpty() ? Json.text(function, "arguments") : whole.toString(), out);
        JsonObject extra = Json.object(piece, "extra_content");
        if (!extra.isEmpty()) {
            extras.put(call, extra);
        }
    }

    /** DeepSeek and others want the reasoning back that led to a tool call. */
    @Override
    @Nullable
    JsonValue own() {
        if (details.isEmpty() && extras.isEmpty() && (calls.isEmpty() || thought.isEmpty())) {
            return null;
        }
        JsonObjectBuilder message = Json.builder().add("role", "assistant").add("content", content.toString());
        if (!details.isEmpty()) {
            message.add("reasoning_details", details.whole());
        } else if (!thought.isEmpty()) {
            message.add("reasoning_content", thought.toString());
        }
        if (!calls.isEmpty()) {
            JsonArrayBuilder array = Json.arrayBuilder();
            calls.all().forEach(call -> array.add(whole(call)));
            message.add("tool_calls", array);
        }
        return message.build();
    }

    private JsonObject whole(ToolCalls.Call call) {
        JsonObject whole = OpenAiChat.call(call.call());
        JsonObject extra = extras.get(call);
        return extra == null
                ? whole
                : Json.builder(whole).add("extra_content", extra).build();
    }
}
