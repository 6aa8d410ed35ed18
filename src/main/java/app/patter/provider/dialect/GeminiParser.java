package app.patter.provider.dialect;

import app.patter.json.Json;
import app.patter.json.JsonMatcher;
import app.patter.json.JsonPattern;
import app.patter.provider.Delta;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of a Gemini answer.
 *
 * <p>Source: Gemini API reference, "GenerateContentResponse"; "Thought signatures". Only the first candidate that comes counts. A
 * tool call comes in one piece, with or without an id; the finish reason is {@code STOP} also when tools are called, and
 * further parts may follow it, so only the end of the stream is the end. A part with a signature must come back as it
 * was; others of the same kind are joined.
 */
public final class GeminiParser extends JsonAnswerParser {

    private static final int TEXT = 0;
    private static final int THOUGHT = 0;
    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int CACHED = 3;
    private static final int THINKING = 4;

    /** A chunk with a piece of text or thought; each comes with the count so far. */
    public static final JsonPattern PLAIN = JsonPattern.object(JsonPattern.anything())
            .needs(
                    "candidates",
                    JsonPattern.only(JsonPattern.object(JsonPattern.anything())
                            .needs(
                                    "content",
                                    JsonPattern.object(JsonPattern.anything())
                                            .needs(
                                                    "parts",
                                                    JsonPattern.only(JsonPattern.object(JsonPattern.never())
                                                            .needs("text", JsonPattern.text(TEXT))
                                                            .may("thought", JsonPattern.truth(THOUGHT)))))
                            .may("index", JsonPattern.exactly("0"))
                            .may("finishReason", JsonPattern.nothing())))
            .may(
                    "usageMetadata",
                    JsonPattern.object(JsonPattern.anything())
                            .may("promptTokenCount", JsonPattern.number(INPUT))
                            .may("candidatesTokenCount", JsonPattern.number(OUTPUT))
                            .may("cachedContentTokenCount", JsonPattern.number(CACHED))
                            .may("thoughtsTokenCount", JsonPattern.number(THINKING)))
            .may("promptFeedback", JsonPattern.nothing())
            .may("error", JsonPattern.nothing());

    private final JsonMatcher matcher = new JsonMatcher(PLAIN);
    private final List<Part> parts = new ArrayList<>();
    private boolean special;

    /** Index of the candidate that counts; null before one has come. */
    private @Nullable Long chosen;

    GeminiParser(RequestContext context) {
        super(context);
    }

    @Override
    boolean quickly(String data, Consumer<Delta> out) {
        if ((chosen != null && chosen != 0) || !matcher.takes(data)) {
            return false;
        }
        boolean thought = matcher.number(THOUGHT) == 1;
        Part last = last(thought);
        if (last == null) { // which begins a part, and parts are kept as they begin
            return false;
        }
        last.text.append(matcher.text(TEXT));
        say(thought, matcher.text(TEXT), out);
        count(matcher.number(INPUT), matcher.number(OUTPUT), matcher.number(CACHED), matcher.number(THINKING));
        return true;
    }

    @Override
    public void event(JsonObject chunk, Consumer<Delta> out) {
        for (JsonObject candidate : Json.objects(chunk, "candidates")) {
            long index = Json.number(candidate, "index");
            if (chosen == null) {
                chosen = index;
            }
            if (chosen == index) {
                candidate(candidate, out);
            }
        }
        count(chunk);
        String blocked = Json.text(Json.object(chunk, "promptFeedback"), "blockReason");
        if (!blocked.isEmpty() && !blocked.equals("BLOCK_REASON_UNSPECIFIED")) {
            flush(out);
            out.accept(context.errors().answer().blocked(blocked));
        }
        failIfError(chunk, out);
    }

    private void count(JsonObject chunk) {
        JsonObject usage = Json.object(chunk, "usageMetadata");
        count(
                Json.number(usage, "promptTokenCount"),
                Json.number(usage, "candidatesTokenCount"),
                Json.number(usage, "cachedContentTokenCount"),
                Json.number(usage, "thoughtsTokenCount"));
    }

    private void count(long input, long output, long cached, long thinking) {
        used(input, output + thinking, cached, thinking);
    }

    private void candidate(JsonObject candidate, Consumer<Delta> out) {
        Json.objects(Json.object(candidate, "content"), "parts").forEach(part -> part(part, out));
        finish(Json.text(candidate, "finishReason"));
    }

    private void part(JsonObject part, Consumer<Delta> out) {
        String text = Json.text(part, "text");
        say(Json.is(part, "thought"), text, out);
        JsonObject call = Json.object(part, "functionCall");
        if (!call.isEmpty()) {
            String arguments = ToolCalls.arguments(call, "args");
            said.interrupt(out);
            calls.whole(Json.text(call, "id"), Json.text(call, "name"), arguments.isEmpty() ? "{}" : arguments, out);
        }
        special |= part.containsKey("thoughtSignature") || (!part.containsKey("text") && call.isEmpty());
        keep(part);
    }

    private void say(boolean thought, String piece, Consumer<Delta> out) {
        if (thought) {
            reasoning(piece, out);
        } else {
            text(piece, out);
        }
    }

    private void keep(JsonObject part) {
        Part last = isPlainText(part) ? last(Json.is(part, "thought")) : null;
        if (last != null) {
            last.text.append(Json.text(part, "text"));
        } else {
            parts.add(new Part(part));
        }
    }

    /** The last part, if it may grow by text or thought. */
    private @Nullable Part last(boolean thought) {
        Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        return last != null && last.isPlainText() && last.isThought() == thought ? last : null;
    }

    private static boolean isPlainText(JsonObject part) {
        return part.containsKey("text") && !part.containsKey("thoughtSignature");
    }

    @Override
    @Nullable
    JsonValue own() {
        if (!special) {
            return null;
        }
        JsonArrayBuilder whole = Json.arrayBuilder();
        parts.forEach(part -> whole.add(part.whole()));
        return Json.builder().add("role", "model").add("parts", whole).build();
    }

    /** A part that may still grow. */
    private static final class Part {

        private final JsonObject start;
        private final StringBuilder text;

        Part(JsonObject start) {
            this.start = start;
            this.text = new StringBuilder(Json.text(start, "text"));
        }

        boolean isPlainText() {
            return GeminiParser.isPlainText(start);
        }

        boolean isThought() {
            return Json.is(start, "thought");
        }

        JsonObject whole() {
            return isPlainText()
                    ? Json.builder(start).add("text", text.toString()).build()
                    : start;
        }
    }
}
