package app.patter.provider.dialect;

import app.patter.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the JSON objects in what is not one JSON object: several of them, one in words or in an array, or one with numbers
 * that JSON does not have. Pure.
 */
final class JsonFragments {

    private static final Pattern NO_NUMBER = Pattern.compile("(?<=[:\\[,\\s])(?:-?Infinity|NaN)(?=[,\\]}\\s])");

    /**
     * An object in a text.
     *
     * @param start where it begins
     * @param end right behind it
     */
    record Fragment(JsonObject object, int start, int end) {}

    private JsonFragments() {}

    /** The objects in a text that are whole and in none of the others, in order. */
    static List<Fragment> of(String text) {
        return of(text, Set.of());
    }

    /** The same without some of their fields. */
    static List<Fragment> of(String text, Set<String> unread) {
        List<Fragment> found = new ArrayList<>();
        int at = text.indexOf('{');
        while (at >= 0) {
            int end = end(text, at);
            if (end < 0) {
                break;
            }
            int start = at;
            Optional<JsonObject> object = object(text.substring(start, end), unread);
            object.ifPresent(whole -> found.add(new Fragment(whole, start, end)));
            at = text.indexOf('{', end);
        }
        return found;
    }

    private static Optional<JsonObject> object(String json, Set<String> unread) {
        Optional<JsonObject> object = Json.object(json, unread);
        return object.isPresent() || !(json.contains("NaN") || json.contains("Infinity"))
                ? object
                : Json.object(NO_NUMBER.matcher(json).replaceAll("null"), unread);
    }

    /** Right behind the object that begins there; -1 if it has no end. */
    private static int end(String text, int start) {
        int depth = 0;
        boolean inText = false;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (inText) {
                at += c == '\\' ? 1 : 0;
                inText = c != '"';
            } else if (c == '"') {
                inText = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth == 0) {
                    return at + 1;
                }
            }
        }
        return -1;
    }
}
