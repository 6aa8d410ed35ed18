package app.patter.upstream;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of a Gemini answer.
 *
 * <p>Source: Gemini API reference, "GenerateContentResponse"; "Thought signatures". Only the first candidate counts. A
 * tool call comes in one piece, with or without an id; the finish reason is {@code STOP} also when tools are called, and
 * further parts may follow it, so only the end of the stream is the end. A part with a signature must come back as it
 * was; others of the same kind are joined.
 */
final class GeminiParser extends JsonAnswerParser {

    private static final String USAGE_NAME = "usageMetadata";
    private static final String USAGE = "\"" + USAGE_NAME + "\"";
    private static final Set<String> WITHOUT_USAGE =
            Stream.concat(UNREAD.stream(), Stream.of(USAGE_NAME)).collect(Collectors.toUnmodifiableSet());

    private final List<Part> parts = new ArrayList<>();
    private boolean special;

    /** The last payload whose count was not read: it comes with every piece of text, and only the last one matters. */
    private String uncounted = "";

    GeminiParser(Asked asked) {
        super(asked);
    }

    @Override
    Set<String> unread(String data) {
        if (data.contains("\"finishReason\"") || !data.contains(USAGE)) {
            return UNREAD;
        }
        uncounted = data;
        return WITHOUT_USAGE;
    }

    @Override
    void ends() {
        Json.object(uncounted).ifPresent(this::count);
    }

    @Override
    void event(JsonObject chunk, Consumer<Delta> out) {
        for (JsonObject candidate : Json.objects(chunk, "candidates")) {
            if (Json.number(candidate, "index") == 0) {
                candidate(candidate, out);
            }
        }
        count(chunk);
        String blocked = Json.text(Json.object(chunk, "promptFeedback"), "blockReason");
        if (!blocked.isEmpty()) {
            out.accept(asked.faults().blocked(blocked));
        }
        failIfError(chunk, out);
    }

    private void count(JsonObject chunk) {
        JsonObject usage = Json.object(chunk, USAGE_NAME);
        if (!usage.isEmpty()) {
            uncounted = "";
            long thought = Json.number(usage, "thoughtsTokenCount");
            used(
                    Json.number(usage, "promptTokenCount"),
                    Json.number(usage, "candidatesTokenCount") + thought,
                    Json.number(usage, "cachedContentTokenCount"),
                    thought);
        }
    }

    private void candidate(JsonObject candidate, Consumer<Delta> out) {
        Json.objects(Json.object(candidate, "content"), "parts").forEach(part -> part(part, out));
        finish(Json.text(candidate, "finishReason"));
    }

    private void part(JsonObject part, Consumer<Delta> out) {
        String text = Json.text(part, "text");
        if (Json.is(part, "thought")) {
            reasoning(text, out);
        } else {
            text(text, out);
        }
        JsonObject call = Json.object(part, "functionCall");
        if (!call.isEmpty()) {
            String arguments = Json.object(call, "args").toString();
            calls.whole(Json.text(call, "id"), Json.text(call, "name"), arguments, out);
        }
        special |= part.containsKey("thoughtSignature") || (!part.containsKey("text") && call.isEmpty());
        keep(part);
    }

    private void keep(JsonObject part) {
        Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (last != null && last.isPlainText() && isPlainText(part) && last.isThought() == Json.is(part, "thought")) {
            last.text.append(Json.text(part, "text"));
        } else {
            parts.add(new Part(part));
        }
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
