package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ProviderMessage;
import app.patter.provider.ChatRequest;
import app.patter.provider.Conversation;
import app.patter.provider.Delta;
import app.patter.provider.Dialect;
import app.patter.provider.Recorder;
import app.patter.provider.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiTest {

    private static final Dialect GEMINI = new Gemini();

    @Test
    void thoughtsAreReasoningAndCountAsOutput() {
        assertEquals("""
                reasoning **Weighing it**⏎|
                text Grüße|
                text  🌍!|
                usage 9 36 4 31
                finished STOP
                """, Sample.of("gemini-text.sse").told());
    }

    @Test
    void callsWithoutIdsGetOneAndSignaturesAreKeptInTheirParts() {
        assertEquals("""
                text Looking. |
                text Wait.|
                started patter_1_1 get_weather
                arguments patter_1_1 {"city":"Köln","days":1.5}|
                ready patter_1_1 get_weather {"city":"Köln","days":1.5}
                started patter_1_2 now
                arguments patter_1_2 {}|
                ready patter_1_2 now {}
                usage 71 34 0 0
                kept test/gemini/m {"role":"model","parts":[{"text":"Looking. Wait."},\
                {"functionCall":{"name":"get_weather","args":{"city":"Köln","days":1.5}},"thoughtSignature":"CtkBAcu98PDWz+/0Kd=="},\
                {"functionCall":{"name":"now","args":{}}},{"text":"","thoughtSignature":"AAQ="}]}
                finished STOP
                """, Sample.of("gemini-tools.sse").told());
    }

    @Test
    void anIdOfTheProviderStays() {
        assertEquals("""
                started cgs2x now
                arguments cgs2x {}|
                ready cgs2x now {}
                usage 7 3 0 0
                kept test/gemini/m {"role":"model","parts":[{"functionCall":{"id":"cgs2x","name":"now","args":{}},\
                "thoughtSignature":"Eo4CCosC"}]}
                finished STOP
                """, Sample.of("gemini-3-tools.sse").told());
    }

    /** Each piece has a count, of which the last is the one that matters. */
    @Test
    void theLastCountMattersWhereverItIs() {
        String first = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"usageMetadata\":"
                + "{\"promptTokenCount\":7,\"candidatesTokenCount\":1}}";
        String second = first.replace(":1}", ":2}");
        String end = "{\"candidates\":[{\"finishReason\":\"STOP\"}]}";
        String told = "text a|\ntext a|\nusage 7 2 0 0\nfinished STOP\n";
        assertEquals(told, Sample.told(GEMINI, first, second, end, "[DONE]"));
        String counted =
                end.replace("}]}", "}],\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3}}");
        assertEquals(told.replace("7 2", "7 3"), Sample.told(GEMINI, first, second, counted, "[DONE]"));
        assertEquals(
                "text a|\nusage 7 1 0 0\nfinished stop\n",
                Sample.told(GEMINI, first, "[DONE]"),
                "also of an answer without a finish reason");
    }

    @Test
    void anAnswerThatIsBrokenOffForSafetyEndsWithThatReason() {
        assertEquals("""
                text Once|
                usage 6 0 0 0
                finished SAFETY
                """, Sample.of("gemini-safety.sse").told());
    }

    @Test
    void aBlockedPromptFailsAndSaysWhy() {
        Delta.Failed failed =
                (Delta.Failed) Sample.of("gemini-blocked.sse").read().get(0);
        assertEquals(Delta.Failed.Kind.REQUEST, failed.kind());
        assertTrue(Recorder.words(failed).contains("PROHIBITED_CONTENT"), Recorder.words(failed));
    }

    @Test
    void anErrorInTheStreamFails() {
        assertEquals("""
                text Onc|
                failed SERVER 503 retryable
                """, Sample.of("gemini-error.sse").told());
    }

    @Test
    void theModelStandsInThePathAndCannotLeaveIt() {
        assertEquals(
                "models/gemini-2.5-flash:streamGenerateContent?alt=sse",
                GEMINI.path(new ChatRequest("gemini-2.5-flash", List.of())));
        assertEquals(
                "models/..%2F..%2Fx%3F:streamGenerateContent?alt=sse",
                GEMINI.path(new ChatRequest("../../x?", List.of())));
    }

    @Test
    void onlyModelsThatChatAreListed() {
        assertEquals(
                List.of("gemini-2.5-flash", "gemma-3"),
                GEMINI.names("{\"models\":[{\"name\":\"models/gemini-2.5-flash\",\"supportedGenerationMethods\":"
                        + "[\"generateContent\",\"countTokens\"]},{\"name\":\"models/embedding-001\","
                        + "\"supportedGenerationMethods\":[\"embedContent\"]},{\"name\":\"models/gemma-3\"}]}"));
        assertThrows(IllegalStateException.class, () -> GEMINI.names("{\"data\":[]}"));
    }

    @Test
    void theRequestCarriesCallsAndResultsAsPartsAndNoIdsThatAreMadeUp() {
        assertEquals(
                "{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]},\"contents\":["
                        + "{\"role\":\"user\",\"parts\":[{\"text\":\"Weather?\"}]},"
                        + "{\"role\":\"model\",\"parts\":[{\"text\":\"Looking.\"},"
                        + "{\"functionCall\":{\"name\":\"get_weather\",\"args\":{\"city\":\"Köln\"},\"id\":\"c1\"}},"
                        + "{\"functionCall\":{\"name\":\"now\",\"args\":{}}}]},"
                        + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"get_weather\",\"response\":"
                        + "{\"result\":\"dry\"},\"id\":\"c1\"}},"
                        + "{\"functionResponse\":{\"name\":\"now\",\"response\":{\"error\":\"no clock\"}}}]}],"
                        + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"get_weather\",\"description\":\"Weather of a city\","
                        + "\"parametersJsonSchema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}},"
                        + "{\"name\":\"now\",\"description\":\"Current time\",\"parametersJsonSchema\":{\"type\":\"object\",\"properties\":{}}}]}]}",
                GEMINI.body(Conversation.withTools(null)));
    }

    @Test
    void itsOwnTurnGoesBackAsItWas() {
        String original = "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"now\",\"args\":{}},"
                + "\"thoughtSignature\":\"CtkB+/==\"}]}";
        String body = GEMINI.body(Conversation.withTools(new ProviderMessage("", original)));
        assertTrue(body.contains("\"Weather?\"}]}," + original + ",{\"role\":\"user\""), body);
    }

    @Test
    void goingOnIsAskedInWordsAndThoughtsAreAskedFor() {
        assertTrue(GEMINI.body(Conversation.cutOff()).contains("{\"role\":\"user\",\"parts\":[{\"text\":\"Go on from"));
        assertTrue(GEMINI.body(Conversation.reasoning())
                .endsWith("\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}}"));
    }
}
