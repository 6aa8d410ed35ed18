package app.patter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.json.Json;
import app.patter.provider.dialect.Dialects;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What administrators say about a model goes to where each provider wants it. */
class ParametersTest {

    private static JsonObject body(String dialect, Parameters parameters) {
        ChatRequest request = new ChatRequest("m", List.of(new ChatMessage(Role.USER, "q")), List.of(), parameters);
        return Json.objectOrEmpty(parameters.onto(Dialects.named(dialect).body(request)));
    }

    private static Parameters warm(ReasoningEffort effort) {
        return new Parameters(new BigDecimal("0.25"), effort, 8_192L, "");
    }

    @Test
    void theTemperatureStandsWhereEachProviderLooksForIt() {
        for (String dialect : List.of("openai", "responses", "anthropic")) {
            assertEquals(
                    "0.25",
                    body(dialect, warm(ReasoningEffort.UNASKED))
                            .get("temperature")
                            .toString(),
                    dialect);
        }
        JsonObject gemini = Json.object(body("gemini", warm(ReasoningEffort.UNASKED)), "generationConfig");
        assertEquals("{\"temperature\":0.25}", gemini.toString());
        JsonObject ollama = Json.object(body("ollama", warm(ReasoningEffort.UNASKED)), "options");
        assertEquals("{\"temperature\":0.25,\"num_ctx\":8192}", ollama.toString());
    }

    @Test
    void theEffortIsSaidInEachProvidersWords() {
        assertEquals("low", Json.text(body("openai", warm(ReasoningEffort.LOW)), "reasoning_effort"));
        JsonObject responses = Json.object(body("responses", warm(ReasoningEffort.MEDIUM)), "reasoning");
        assertEquals("{\"summary\":\"auto\",\"effort\":\"medium\"}", responses.toString());
        assertEquals("high", Json.text(body("ollama", warm(ReasoningEffort.HIGH)), "think"));
        assertTrue(Json.is(body("ollama", warm(ReasoningEffort.ON)), "think"));
        JsonObject gemini = Json.object(
                Json.object(body("gemini", warm(ReasoningEffort.HIGH)), "generationConfig"), "thinkingConfig");
        assertEquals("{\"includeThoughts\":true,\"thinkingBudget\":24576}", gemini.toString());
    }

    @Test
    void anthropicGetsRoomForTheThoughtAndNoTemperatureWithIt() {
        JsonObject body = body("anthropic", warm(ReasoningEffort.HIGH));
        assertEquals(
                "{\"type\":\"enabled\",\"budget_tokens\":16384}",
                Json.object(body, "thinking").toString());
        assertEquals(8_192 + 16_384, body.getInt("max_tokens"));
        assertTrue(!body.containsKey("temperature"), body.toString());
    }

    @Test
    void nothingIsSaidOfWhatNobodySet() {
        for (Dialect dialect : Dialects.ALL) {
            String body = body(dialect.name(), Parameters.NONE).toString();
            for (String word : List.of("temperature", "effort", "think", "num_ctx", "generationConfig")) {
                assertTrue(!body.contains(word), dialect.name() + ": " + body);
            }
        }
    }

    @Test
    void furtherParametersAreAMergePatchOfTheBody() {
        Parameters parameters = new Parameters(
                new BigDecimal("0.25"),
                ReasoningEffort.UNASKED,
                null,
                "{\"generationConfig\":{\"topK\":40},\"safetySettings\":[],\"systemInstruction\":null}");
        JsonObject body = body("gemini", parameters);
        assertEquals(
                "{\"temperature\":0.25,\"topK\":40}",
                body.get("generationConfig").toString());
        assertEquals("[]", body.get("safetySettings").toString());
    }

    @Test
    void furtherParametersAreCheckedBeforeTheyAreUsed() {
        assertTrue(Parameters.isObject(" {\"top_p\": 0.9, \"stream_options\": null} "));
        for (String wrong : List.of("top_p=0.9", "[1]", "{\"a\":1", "{\"a\":1}{}", "null")) {
            assertFalse(Parameters.isObject(wrong), wrong);
        }
        assertEquals(Optional.empty(), Parameters.ownField("{\"top_p\": 0.9}"));
        for (String ours : List.of("model", "messages", "stream", "tools", "input", "contents")) {
            assertEquals(Optional.of(ours), Parameters.ownField("{\"" + ours + "\":1}"));
        }
    }
}
