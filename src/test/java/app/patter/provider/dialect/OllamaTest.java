package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ProviderMessage;
import app.patter.provider.Conversation;
import app.patter.provider.Dialect;
import app.patter.provider.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class OllamaTest {

    private static final Dialect OLLAMA = new Ollama();

    @Test
    void eachLineIsAToken() {
        assertEquals("""
                text Guten|
                text  Tag 👋|
                text ⏎|
                usage 26 237 0 0
                finished stop
                """, Sample.of("ollama-text.jsonl").told());
    }

    @Test
    void whatWasThoughtBeforeAToolCallIsKept() {
        assertEquals("""
                reasoning I need|
                reasoning  two tools.|
                text One moment.|
                started patter_1_1 get_weather
                arguments patter_1_1 {"city":"Köln"}|
                ready patter_1_1 get_weather {"city":"Köln"}
                started call_9 now
                arguments call_9 {}|
                ready call_9 now {}
                usage 26 237 0 0
                kept test/ollama/m {"role":"assistant","content":"One moment.","thinking":"I need two tools.",\
                "tool_calls":[{"function":{"name":"get_weather","arguments":{"city":"Köln"}}},\
                {"id":"call_9","function":{"index":1,"name":"now","arguments":{}}}]}
                finished stop
                """, Sample.of("ollama-thinking-tools.jsonl").told());
    }

    @Test
    void anErrorInTheStreamFails() {
        assertEquals("""
                text Gu|
                failed SERVER 0 retryable
                """, Sample.of("ollama-error.jsonl").told());
    }

    @Test
    void theRequestCarriesCallsAndResults() {
        String body = OLLAMA.body(Conversation.withTools(null));
        assertEquals(
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Weather?\"},{\"role\":\"assistant\",\"content\":\"Looking.\","
                        + "\"tool_calls\":[{\"function\":{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Köln\"}}},"
                        + "{\"function\":{\"name\":\"now\",\"arguments\":{}}}]},"
                        + "{\"role\":\"tool\",\"tool_name\":\"get_weather\",\"content\":\"dry\"},"
                        + "{\"role\":\"tool\",\"tool_name\":\"now\",\"content\":\"no clock\"}],",
                body.substring(0, body.indexOf("\"tools\"")));
        assertTrue(
                body.endsWith("{\"type\":\"function\",\"function\":{\"name\":\"now\",\"description\":\"Current time\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]}"),
                body);
    }

    @Test
    void itsOwnTurnGoesBackAsItWas() {
        String original = "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Hm\",\"tool_calls\":[]}";
        String body = OLLAMA.body(Conversation.withTools(new ProviderMessage("", original)));
        assertTrue(body.contains("\"Weather?\"}," + original + ",{\"role\":\"tool\""), body);
    }

    @Test
    void itGoesOnByItselfAndThinksWhenAsked() {
        assertTrue(OLLAMA.body(Conversation.cutOff()).endsWith("{\"role\":\"assistant\",\"content\":\"a\"}]}"));
        assertTrue(OLLAMA.body(Conversation.reasoning()).endsWith("\"think\":true}"));
    }

    @Test
    void itsModelsAreItsTags() {
        assertEquals(
                List.of("qwen3:8b"),
                OLLAMA.names("{\"models\":[{\"name\":\"qwen3:8b\",\"model\":\"qwen3:8b\",\"size\":5225388164}]}"));
    }
}
