package app.patter.provider;

import app.patter.json.Json;
import app.patter.json.JsonFactories;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about an error, found in the many shapes in use: {@code {"error":{"message":…}}} (OpenAI,
 * llama.cpp), {@code {"error":"…"}} (Ollama, LM Studio), {@code {"object":"error","message":…}} (vLLM), {@code
 * {"detail":…}} (FastAPI), {@code {"error":{"metadata":{"raw":…}}}} (OpenRouter, of the provider behind it), the title of a
 * page, or a line of plain text.
 *
 * @param message the provider's words, empty if there are none
 * @param code the number under {@code code} or {@code status}, or the one that an error's name there or under {@code
 *     type} stands for, or 0
 */
public record ErrorBody(String message, int code) {

    private static final int LONGEST_PLAIN_TEXT = 300;

    private static final Pattern TITLE = Pattern.compile("<title>([^<]*)</title>", Pattern.CASE_INSENSITIVE);

    /** What may be over in a while, as servers without codes say it. */
    private static final Pattern PASSING = Pattern.compile(
            "overload|capacity|busy|unavailable|temporar|time[d ]*-?out|again|retry|internal|server|upstream|gateway"
                    + "|connect|reset|unexpected|rate.?limit|too many requests|queue|crash|out of memory|disconnect",
            Pattern.CASE_INSENSITIVE);

    /** What is never over by itself, whatever else is said with it. */
    private static final Pattern LASTING = Pattern.compile(
            "insufficient_quota|billing|credit balance|too long|too large|too big|context.?(length|window|size)|maximum"
                    + "|invalid|unsupported|not supported|not found|does not exist|unauthori[sz]ed|forbidden",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> CODES = Set.of("code", "type", "status", "statusCode", "status_code");

    /** What providers name their errors inside a stream, and the status that they have outside. */
    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("invalid_request_error", 400),
            Map.entry("invalid_request", 400),
            Map.entry("bad_request", 400),
            Map.entry("badrequesterror", 400),
            Map.entry("invalid_argument", 400),
            Map.entry("failed_precondition", 400),
            Map.entry("context_length_exceeded", 400),
            Map.entry("exceed_context_size_error", 400),
            Map.entry("invalid_prompt", 400),
            Map.entry("authentication_error", 401),
            Map.entry("invalid_api_key", 401),
            Map.entry("unauthenticated", 401),
            Map.entry("billing_error", 402),
            Map.entry("permission_error", 403),
            Map.entry("permission_denied", 403),
            Map.entry("not_found_error", 404),
            Map.entry("model_not_found", 404),
            Map.entry("request_too_large", 413),
            Map.entry("rate_limit_error", 429),
            Map.entry("rate_limit_exceeded", 429),
            Map.entry("insufficient_quota", 429),
            Map.entry("resource_exhausted", 429),
            Map.entry("timeout_error", 504),
            Map.entry("overloaded_error", 529));

    /** The data of an event that is named an error, so that it says so itself. */
    public static String marked(String data) {
        String start = data.strip();
        if (start.startsWith("{") && start.contains("\"error\"")) {
            return data;
        }
        boolean json = start.startsWith("{") || start.startsWith("[") || start.startsWith("\"");
        return "{\"error\":"
                + (json ? start : Json.arrayBuilder().add(start).build().get(0)) + "}";
    }

    /** Whether the same request may succeed later, as far as the words tell; an error without words may pass. */
    boolean passes(String body) {
        return !LASTING.matcher(body).find()
                && (message.isBlank() || PASSING.matcher(body).find());
    }

    /** Reads a body, which may be cut off or no JSON at all. */
    public static ErrorBody of(String body) {
        String start = body.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return ofJson(start);
        }
        if (start.startsWith("<")) {
            Matcher title = TITLE.matcher(start);
            return new ErrorBody(title.find() ? title.group(1).strip() : "", 0);
        }
        return new ErrorBody(start.length() <= LONGEST_PLAIN_TEXT ? start.strip() : "", 0);
    }

    private static ErrorBody ofJson(String json) {
        String key = "";
        int code = 0;
        int named = 0;
        Map<String, String> words = new HashMap<>();
        try (JsonParser parser = JsonFactories.parser(new StringReader(json))) {
            while (parser.hasNext()) {
                JsonParser.Event next = parser.next();
                if (next == JsonParser.Event.START_OBJECT && key.equals("raw")) {
                    words.putIfAbsent(key, parser.getObject().toString());
                    continue;
                }
                switch (next) {
                    case KEY_NAME -> key = parser.getString();
                    case VALUE_STRING -> {
                        String value = parser.getString();
                        words.putIfAbsent(key, value);
                        if (named == 0 && CODES.contains(key)) {
                            named = status(value);
                        }
                    }
                    case VALUE_NUMBER -> {
                        if (code == 0 && CODES.contains(key)) {
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
        return new ErrorBody(message(words), code == 0 ? named : code);
    }

    private static int status(String word) {
        return word.matches("[45]\\d\\d")
                ? Integer.parseInt(word)
                : STATUS.getOrDefault(word.toLowerCase(Locale.ROOT), 0);
    }

    private static String message(Map<String, String> words) {
        String said = first(words, "message", "error", "detail", "msg", "error_msg", "reason", "title", "Message");
        String raw = words.getOrDefault("raw", "");
        String behind = raw.isBlank() ? "" : of(raw).message();
        if (behind.isEmpty()) {
            return said;
        }
        String name = words.getOrDefault("provider_name", "");
        return name.isBlank() ? behind : behind + " (" + name + ")";
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
