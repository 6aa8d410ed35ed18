package app.patter.provider;

import app.patter.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
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

    /**
     * Checks further fields.
     *
     * @return what is wrong with them, for the person who wrote them; empty if they can be used
     */
    public static String problemOf(String others) {
        if (others.isBlank()) {
            return "";
        }
        JsonObject fields = Json.object(others).orElse(null);
        if (fields == null) {
            return "The further parameters have to be one JSON object, such as {\"top_p\": 0.9}.";
        }
        return fields.keySet().stream()
                .filter(OURS::contains)
                .findFirst()
                .map(name -> "Patter itself says what is in \"" + name + "\". Take it out of the further parameters.")
                .orElse("");
    }
}
