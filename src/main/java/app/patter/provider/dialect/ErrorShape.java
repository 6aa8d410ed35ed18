package app.patter.provider.dialect;

import app.patter.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells an error from what else a provider sends with status 200, in the many forms in use. Pure. */
final class ErrorShape {

    /** What holds a piece of an answer, in one dialect or another. */
    private static final List<String> ANSWERS =
            List.of("choices", "candidates", "delta", "response", "usage", "usageMetadata", "done", "result", "event");

    private static final List<String> CODES = List.of("code", "status", "statusCode", "status_code");

    private ErrorShape() {}

    static boolean isError(JsonObject event) {
        if (says(event.get("error"))) {
            return true;
        }
        String type = Json.text(event, "type");
        if (type.equals("error") || Json.text(event, "object").equals("error")) {
            return true;
        }
        boolean other = !type.isEmpty() || ANSWERS.stream().anyMatch(event::containsKey);
        if (other || event.get("message") instanceof JsonObject) {
            return false;
        }
        return says(event.get("detail"))
                || says(event.get("errors"))
                || says(event.get("error_msg"))
                || CODES.stream().anyMatch(name -> isErrorCode(event.get(name)))
                || isOnlyWords(event);
    }

    /** Words that say nothing of what they are; those of a queue have a state. */
    private static boolean isOnlyWords(JsonObject event) {
        return event.get("message") instanceof JsonString
                && says(event.get("message"))
                && !event.containsKey("status")
                && !event.containsKey("state");
    }

    private static boolean says(@Nullable JsonValue value) {
        if (value == null || value.equals(JsonValue.NULL) || value.equals(JsonValue.FALSE)) {
            return false;
        }
        if (value instanceof JsonString text) {
            return !text.getString().isBlank();
        }
        return !(value instanceof JsonArray array && array.isEmpty())
                && !(value instanceof JsonObject object && object.isEmpty());
    }

    private static boolean isErrorCode(@Nullable JsonValue value) {
        String code = value instanceof JsonString text
                ? text.getString()
                : value instanceof JsonNumber ? value.toString() : "";
        return code.matches("[45]\\d\\d") || code.equals("error");
    }
}
