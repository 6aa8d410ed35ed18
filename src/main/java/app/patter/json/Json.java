package app.patter.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON whose shape nobody guarantees: what is absent, or of another type, reads as empty.
 */
public final class Json {

    private Json() {}

    /** The object that {@code json} is; empty if it is anything else, or more than that. */
    public static Optional<JsonObject> object(String json) {
        return object(json, Set.of());
    }

    /** Parses an object and skips the given fields. */
    public static Optional<JsonObject> object(String json, Set<String> ignored) {
        try (JsonParser parser = JsonFactories.parser(new StringReader(json))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                return Optional.empty();
            }
            JsonObjectBuilder object = builder();
            while (parser.next() != JsonParser.Event.END_OBJECT) {
                String name = parser.getString();
                JsonParser.Event value = parser.next();
                if (ignored.contains(name)) {
                    skip(parser, value);
                } else {
                    object.add(name, parser.getValue());
                }
            }
            if (parser.hasNext()) {
                parser.next(); // something follows, which throws
            }
            return Optional.of(object.build());
        } catch (RuntimeException e) {
            return Optional.empty(); // malformed; parsers also have limits of their own, and exceptions for each
        }
    }

    /**
     * Skips the rest of the value that begins with {@code event}. Not with the parser's own {@code skipObject}, which
     * in some versions never returns when the text ends in the middle.
     */
    private static void skip(JsonParser parser, JsonParser.Event event) {
        int depth = 0;
        for (JsonParser.Event next = event; ; next = parser.next()) {
            switch (next) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {
                    // a value or a name
                }
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /** The same where an object is wanted in any case. */
    public static JsonObject objectOrEmpty(String json) {
        return object(json).orElse(JsonValue.EMPTY_JSON_OBJECT);
    }

    /** The array that {@code json} is; empty if it is anything else. */
    public static JsonArray arrayOrEmpty(String json) {
        JsonValue value = objectOrEmpty("{\"value\":" + json + "}").getOrDefault("value", JsonValue.NULL);
        return value instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    /** The string of that name, or an empty one. */
    public static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : "";
    }

    /** The number of that name, or 0; rounded to what a double holds, without the cost of exactness. */
    public static long number(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? (long) number.doubleValue() : 0;
    }

    /** Whether the value of that name is true. */
    public static boolean is(JsonObject object, String name) {
        return JsonValue.TRUE.equals(object.get(name));
    }

    /** The object of that name, or an empty one. */
    public static JsonObject object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject found ? found : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** The objects in the array of that name; whatever else it holds is skipped. */
    public static List<JsonObject> objects(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array ? objects(array) : List.of();
    }

    /** The objects in an array. */
    public static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>(array.size());
        for (JsonValue value : array) {
            if (value instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /** An object with a merge patch (RFC 7396) applied to it; both are JSON objects. */
    public static String patched(String object, String patch) {
        return JsonFactories.patch(objectOrEmpty(patch))
                .apply(objectOrEmpty(object))
                .toString();
    }

    /** A builder of objects. */
    public static JsonObjectBuilder builder() {
        return JsonFactories.object();
    }

    /** A builder that begins with what an object holds. */
    public static JsonObjectBuilder builder(JsonObject object) {
        return JsonFactories.object(object);
    }

    /** A builder of arrays. */
    public static JsonArrayBuilder arrayBuilder() {
        return JsonFactories.array();
    }

    /** The number at which the parser stands; large and fractional ones are rounded, without the cost of exactness. */
    public static long number(JsonParser parser) {
        String digits = parser.getString();
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return (long) Double.parseDouble(digits);
        }
    }
}
