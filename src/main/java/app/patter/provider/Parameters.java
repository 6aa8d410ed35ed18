package app.patter.provider;

import app.patter.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a model is to answer, beside what it is asked.
 *
 * @param temperature null to leave it to the server
 * @param effort how much it should think
 * @param contextSize most tokens of prompt and answer together; null if unknown. Servers that reserve the room are told
 * @param others further fields of the request, a JSON object applied to the body as a merge patch (RFC 7396): a null
 *     takes a field away; empty for none
 */
public record Parameters(
        @Nullable BigDecimal temperature,
        ReasoningEffort effort,
        @Nullable Long contextSize,
        String others) {

    /** Nothing is said about anything. */
    public static final Parameters NONE = new Parameters(null, ReasoningEffort.UNASKED, null, "");

    /** What Patter itself says in a request, in one dialect or another. */
    private static final Set<String> OURS = Set.of(
            "model",
            "messages",
            "contents",
            "input",
            "stream",
            "store",
            "tools",
            "system",
            "systemInstruction",
            "continue_final_message",
            "add_generation_prompt");

    /** The same with another effort. */
    public Parameters with(ReasoningEffort other) {
        return new Parameters(temperature, other, contextSize, others);
    }

    /** The body of a request with the further fields in it. */
    public String onto(String body) {
        return others.isEmpty() ? body : Json.patched(body, others);
    }

    /** Whether further fields are one JSON object. */
    public static boolean isObject(String others) {
        return Json.object(others).isPresent();
    }

    /** The first of the further fields that Patter itself says; empty if there is none. */
    public static Optional<String> ownField(String others) {
        return Json.object(others).stream()
                .flatMap(fields -> fields.keySet().stream())
                .filter(OURS::contains)
                .findFirst();
    }
}
