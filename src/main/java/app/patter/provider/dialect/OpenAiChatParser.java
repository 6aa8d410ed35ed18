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
 * Gemini, content in parts from Mistral. Only one choice counts, the first that comes; nobody asks for more. {@code [DONE]}
 * is optional: some servers never send it. Tool calls are complete when the finish reason comes, not before. A whole
 * message may come instead of its pieces, or after them.
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
    private final Map<ToolCalls.Call, JsonObject> extras = new LinkedHashMap<>();
    private final ReasoningDetails details = new ReasoningDetails();

    /** Index of the choice that counts; null before one has come. */
    private @Nullable Long chosen;

    /** What has come in pieces so far. */
    private boolean textInPieces;

    private boolean reasoningInPieces;
    private boolean callsInPieces;

    OpenAiChatParser(RequestContext context) {
        super(context);
    }

    @Override
    boolean quickly(String data, Consumer<Delta> out) {
        if ((chosen != null && chosen != 0) || !matcher.takes(data)) {
            return false;
        }
        chosen = 0L;
        String piece = matcher.text(REASONING);
        think(piece.isEmpty() ? matcher.text(REASONING_TOO) : piece, out);
        say(matcher.text(TEXT), out);
        return true;
    }

    @Override
    public void event(JsonObject chunk, Consumer<Delta> out) {
        for (JsonObject choice : Json.objects(chunk, "choices")) {
            long index = Json.number(choice, "index");
            if (chosen == null) {
                chosen = index;
            }
            if (chosen == index) {
                choice(choice, out);
                count(Json.object(choice, "usage"));
            }
        }
        count(Json.object(Json.object(chunk, "x_groq"), "usage"));
        count(Json.object(chunk, "usage")); // null in all chunks but the last
        failIfError(chunk, out);
    }

    private void count(JsonObject usage) {
        if (!usage.isEmpty()) {
            used(
                    Json.number(usage, "prompt_tokens"),
                    Json.number(usage, "completion_tokens"),
                    Json.number(Json.object(usage, "prompt_tokens_details"), "cached_tokens"),
                    Json.number(Json.object(usage, "completion_tokens_details"), "reasoning_tokens"));
        }
    }

    private void choice(JsonObject choice, Consumer<Delta> out) {
        delta(Json.object(choice, "delta"), out);
        message(Json.object(choice, "message"), out);
        say(Json.text(choice, "text"), out); // the older completions
        String reason = Json.text(choice, "finish_reason");
        if (!reason.isEmpty()) {
            finish(reason);
            flush(out);
            calls.ready(out);
        }
    }

    private void delta(JsonObject delta, Consumer<Delta> out) {
        think(Thoughts.in(delta), out);
        details.add(Json.objects(delta, "reasoning_details"));
        say(said(delta, true, out), out);
        say(Json.text(delta, "refusal"), out);
        Json.objects(delta, "tool_calls").forEach(call -> call(call, true, out));
        oldCall(delta, out);
    }

    /** The message of a server that ignores {@code stream}, or repeats at the end what has come in pieces. */
    private void message(JsonObject message, Consumer<Delta> out) {
        if (message.isEmpty()) {
            return;
        }
        String thought = Thoughts.in(message);
        if (!reasoningInPieces) {
            reasoning(thought, out);
            details.add(Json.objects(message, "reasoning_details"));
        }
        said.addWhole(said(message, !reasoningInPieces, out) + Json.text(message, "refusal"), textInPieces, out);
        if (!callsInPieces) {
            Json.objects(message, "tool_calls").forEach(call -> call(call, false, out));
            if (calls.isEmpty()) {
                oldCall(message, out);
            }
        }
    }

    /** The text of a content, whose parts may be reasoning too, which is to be shown or was. */
    private String said(JsonObject message, boolean thinks, Consumer<Delta> out) {
        if (!(message.get("content") instanceof JsonArray parts)) {
            return Json.text(message, "content");
        }
        StringBuilder said = new StringBuilder();
        for (JsonObject part : Json.objects(parts)) {
            if (!Thoughts.isPart(part)) {
                said.append(Json.text(part, "text"));
            } else if (thinks) {
                String inner = Thoughts.in(part);
                think(inner.isEmpty() ? Json.text(part, "text") : inner, out);
            }
        }
        return said.toString();
    }

    private void say(String piece, Consumer<Delta> out) {
        textInPieces |= !piece.isEmpty();
        text(piece, out);
    }

    private void think(String piece, Consumer<Delta> out) {
        reasoningInPieces |= !piece.isEmpty();
        reasoning(piece, out);
    }

    /** A call in the form from before there were several; an answer had one. */
    private void oldCall(JsonObject message, Consumer<Delta> out) {
        JsonObject function = Json.object(message, "function_call");
        if (!function.isEmpty()) {
            call(Json.builder().add("index", -1).add("function", function).build(), true, out);
        }
    }

    private void call(JsonObject piece, boolean inPieces, Consumer<Delta> out) {
        callsInPieces |= inPieces;
        Long index = piece.get("index") instanceof JsonNumber ? Json.number(piece, "index") : null;
        JsonObject function = Json.object(piece, "function");
        String id = Json.text(piece, "id");
        String name = Json.text(function, "name");
        String arguments = ToolCalls.arguments(function, "arguments");
        said.interrupt(out);
        ToolCalls.Call call = calls.at(index, id, name, arguments);
        call.namedInPieces(id, name, out);
        call.more(arguments, out);
        JsonObject extra = Json.object(piece, "extra_content");
        if (!extra.isEmpty()) {
            extras.put(call, extra);
        }
    }

    /** DeepSeek and others want the reasoning back that led to a tool call. */
    @Override
    @Nullable
    JsonValue own() {
        if (details.isEmpty() && extras.isEmpty() && (calls.isEmpty() || !said.hasThought())) {
            return null;
        }
        JsonObjectBuilder message = Json.builder().add("role", "assistant").add("content", said.content());
        if (!details.isEmpty()) {
            message.add("reasoning_details", details.whole());
        } else if (said.hasThought()) {
            message.add("reasoning_content", said.thought());
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
