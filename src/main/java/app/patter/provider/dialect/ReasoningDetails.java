package app.patter.provider.dialect;

import app.patter.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Reasoning in the form in which OpenRouter wants it back: whole items, each of which streams in pieces. Pure.
 *
 * <p>Source: OpenRouter, "Reasoning tokens", "Preserving reasoning blocks".
 */
final class ReasoningDetails {

    /** What grows from piece to piece; whatever else an item says, its last word counts. */
    private static final List<String> GROWING = List.of("text", "summary");

    private final List<JsonObject> items = new ArrayList<>();

    void add(List<JsonObject> pieces) {
        for (JsonObject piece : pieces) {
            int last = items.size() - 1;
            if (last >= 0 && isSame(items.get(last), piece)) {
                items.set(last, joined(items.get(last), piece));
            } else {
                items.add(piece);
            }
        }
    }

    private static boolean isSame(JsonObject item, JsonObject piece) {
        String type = Json.text(piece, "type");
        return !type.equals("reasoning.encrypted")
                && type.equals(Json.text(item, "type"))
                && Json.number(piece, "index") == Json.number(item, "index");
    }

    private static JsonObject joined(JsonObject item, JsonObject piece) {
        JsonObjectBuilder joined = Json.builder(item);
        piece.forEach((name, value) -> {
            if (GROWING.contains(name) && value instanceof JsonString more) {
                joined.add(name, Json.text(item, name) + more.getString());
            } else if (!value.equals(JsonValue.NULL)) {
                joined.add(name, value);
            }
        });
        return joined.build();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    JsonArray whole() {
        JsonArrayBuilder whole = Json.arrayBuilder();
        items.forEach(whole::add);
        return whole.build();
    }
}
