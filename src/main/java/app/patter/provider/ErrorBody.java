package app.patter.provider;

import app.patter.json.Json;
import app.patter.json.JsonFactories;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about an error, found in the many shapes in use: {@code {"error":{"message":…}}} (OpenAI,
 * llama.cpp), {@code {"error":"…"}} (Ollama, LM Studio), {@code {"object":"error","message":…}} (vLLM), {@code
 * {"detail":…}} (FastAPI), or a line of plain text.
 *
 * @param message the provider's words, empty if there are none
 * @param code the number under {@code code} or {@code status}, or the one that an error's name there or under {@code
 *     type} stands for, or 0
 */
public record ErrorBody(String message, int code) {

    private static final int LONGEST_PLAIN_TEXT = 300;

    /** What Anthropic and OpenAI name their errors inside a stream, and the status that they have outside. */
    private static final Map<String, Integer> STATUS = Map.of(
            "invalid_request_error", 400,
            "authentication_error", 401,
            "permission_error", 403,
            "not_found_error", 404,
            "request_too_large", 413,
            "rate_limit_error", 429,
            "rate_limit_exceeded", 429,
            "overloaded_error", 529);

    /** Reads a body, which may be cut off or no JSON at all. */
    public static ErrorBody of(String body) {
        String start = body.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return ofJson(start);
        }
        boolean words = !start.startsWith("<") && start.length() <= LONGEST_PLAIN_TEXT;
        return new ErrorBody(words ? start.strip() : "", 0);
    }

    private static ErrorBody ofJson(String json) {
        String key = "";
        int code = 0;
        int named = 0;
        Map<String, String> words = new HashMap<>();
        try (JsonParser parser = JsonFactories.parser(new StringReader(json))) {
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case KEY_NAME -> key = parser.getString();
                    case VALUE_STRING -> {
                        String value = parser.getString();
                        words.putIfAbsent(key, value);
                        if (named == 0 && (key.equals("code") || key.equals("type"))) {
                            named = STATUS.getOrDefault(value, 0);
                        }
                    }
                    case VALUE_NUMBER -> {
                        if (code == 0 && (key.equals("code") || key.equals("status"))) {
                            code = (int) Json.number(parser);
                        }
                    }
                    default -> {
                        // structure does not matter, only the first of each name does
                    }
                }
            }
        } catch (JsonException | NoSuchElementException e) {
            // cut off: what was found until here counts
        }
        return new ErrorBody(first(words, "message", "error", "detail", "msg", "title"), code == 0 ? named : code);
    }

    private static String first(Map<String, String> words, String... keys) {
        for (String key : keys) {
            @Nullable String found = words.get(key);
            if (found != null && !found.isBlank()) {
                return found;
            }
        }
        return "";
    }
}
