package app.patter.provider.dialect;

import app.patter.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the reasoning in a piece of a message, in whatever way a server spells it. Pure. */
final class Thoughts {

    /** Servers that move from one name to another send the same under both. */
    private static final List<String> NAMES = List.of(
            "reasoning_content", "reasoning", "reasoning_text", "thinking", "thinking_content", "thought", "thoughts");

    /** What holds the text where it is an object, or an array of them. */
    private static final List<String> INNER = List.of("text", "content", "thinking", "summary", "reasoning");

    private static final int DEEPEST = 4;

    private Thoughts() {}

    /** The reasoning in a piece; empty if there is none. */
    static String in(JsonObject piece) {
        for (String name : NAMES) {
            String found = text(piece.get(name), 0);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return text(piece.get("reasoning_details"), 0);
    }

    private static String text(@Nullable JsonValue value, int depth) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        StringBuilder whole = new StringBuilder();
        if (depth < DEEPEST && value instanceof JsonArray array) {
            array.forEach(inner -> whole.append(text(inner, depth + 1)));
        } else if (depth < DEEPEST && value instanceof JsonObject object) {
            for (String name : INNER) {
                if (whole.isEmpty()) {
                    whole.append(text(object.get(name), depth + 1));
                }
            }
        }
        return whole.toString();
    }

    /** Whether a part of a content is reasoning. */
    static boolean isPart(JsonObject part) {
        String type = Json.text(part, "type");
        return type.startsWith("thinking") || type.startsWith("reasoning") || type.startsWith("thought");
    }
}
