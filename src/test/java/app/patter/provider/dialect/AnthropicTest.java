package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ProviderMessage;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.Conversation;
import app.patter.provider.Delta;
import app.patter.provider.Dialect;
import app.patter.provider.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicTest {

    private static final Dialect ANTHROPIC = new Anthropic();

    @Test
    void textComesAsItIsWritten() {
        assertEquals("""
                text Hallo|
                text , 世界!⏎|
                text  |
                usage 25 15 0 0
                finished end_turn
                """, Sample.of("anthropic-text.sse").told());
    }

    @Test
    void thinkingAndItsSignatureAreKeptWhereToolsAreCalled() {
        assertEquals("""
                reasoning Two cities, |
                reasoning two calls.|
                text I'll check both.|
                started toolu_01A get_weather
                arguments toolu_01A {"city": "K|
                arguments toolu_01A öln"}|
                ready toolu_01A get_weather {"city": "Köln"}
                started toolu_01B now
                ready toolu_01B now {}
                usage 2160 89 2048 0
                kept test/anthropic/m [{"type":"thinking","thinking":"Two cities, two calls.",\
                "signature":"EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds+/=="},\
                {"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix/LafPsn4aDFIT2Xlxh0L5L8rLVyIwxtE3rAFBa8cr3qpP=="},\
                {"type":"text","text":"I'll check both."},\
                {"type":"tool_use","id":"toolu_01A","name":"get_weather","input":{"city":"Köln"}},\
                {"type":"tool_use","id":"toolu_01B","name":"now","input":{}}]
                finished tool_use
                """, Sample.of("anthropic-thinking-tools.sse").told());
    }

    @Test
    void aSearchOfTheProviderIsNoCallOfOurToolsButIsKept() {
        assertEquals("""
                text It is dry.|
                usage 10 22 0 0
                kept test/anthropic/m [{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"weather"}},\
                {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result",\
                "title":"Weather","url":"https://example.org/w","encrypted_content":"Eqg=","page_age":null}]},\
                {"citations":[{"type":"web_search_result_location","cited_text":"dry","url":"https://example.org/w",\
                "title":"Weather","encrypted_index":"Eo8="}],"type":"text","text":"It is dry."}]
                finished end_turn
                """, Sample.of("anthropic-search.sse").told());
    }

    @Test
    void aRefusalIsAnEndWithItsOwnReason() {
        assertEquals("""
                text Well|
                usage 10 2 0 0
                finished refusal
                """, Sample.of("anthropic-refusal.sse").told());
    }

    @Test
    void anErrorInTheStreamFails() {
        assertEquals("""
                text So|
                failed SERVER 529 retryable
                """, Sample.of("anthropic-error.sse").told());
    }

    @Test
    void aServerThatIgnoresStreamingIsUnderstoodToo() {
        AnswerParser parser = Sample.parser(ANTHROPIC);
        List<Delta> deltas = new java.util.ArrayList<>();
        parser.payload(
                "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"tool_use\",\"id\":\"t\","
                        + "\"name\":\"now\",\"input\":{\"a\":1}}],\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1}}",
                deltas::add);
        parser.end(deltas::add);
        assertEquals("""
                text Hi|
                started t now
                arguments t {"a":1}|
                ready t now {"a":1}
                usage 1 0 0 0
                finished tool_use
                """, Sample.told(deltas));
    }

    @Test
    void theRequestMarksWhatIsWorthCaching() {
        assertEquals(
                "{\"model\":\"m\",\"max_tokens\":8192,\"stream\":true,\"tools\":["
                        + "{\"name\":\"get_weather\",\"description\":\"Weather of a city\",\"input_schema\":"
                        + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}},"
                        + "{\"name\":\"now\",\"description\":\"Current time\",\"input_schema\":{\"type\":\"object\",\"properties\":{}},"
                        + "\"cache_control\":{\"type\":\"ephemeral\"}}],"
                        + "\"system\":[{\"type\":\"text\",\"text\":\"Be brief.\",\"cache_control\":{\"type\":\"ephemeral\"}}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Weather?\"}]},"
                        + "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Looking.\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"get_weather\",\"input\":{\"city\":\"Köln\"}},"
                        + "{\"type\":\"tool_use\",\"id\":\"patter_2_1\",\"name\":\"now\",\"input\":{}}]},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c1\",\"content\":\"dry\","
                        + "\"is_error\":false},{\"type\":\"tool_result\",\"tool_use_id\":\"patter_2_1\",\"content\":\"no clock\","
                        + "\"is_error\":true,\"cache_control\":{\"type\":\"ephemeral\"}}]}]}",
                ANTHROPIC.body(Conversation.withTools(null)));
    }

    @Test
    void itsOwnTurnGoesBackAsItWas() {
        String original = "[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"Eq+/==\"},"
                + "{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"get_weather\",\"input\":{\"days\":1.50}}]";
        String body = ANTHROPIC.body(Conversation.withTools(new ProviderMessage("", original)));
        assertTrue(body.contains("{\"role\":\"assistant\",\"content\":" + original + "}"), body);
    }

    @Test
    void goingOnIsAskedInWordsAndReasoningHasABudget() {
        String body = ANTHROPIC.body(Conversation.cutOff());
        assertTrue(body.contains("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Go on from"), body);
        assertTrue(
                ANTHROPIC
                        .body(Conversation.reasoning())
                        .contains(
                                "\"max_tokens\":16384,\"stream\":true,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8192}"));
    }

    @Test
    void itDoesNotThinkInTheMiddleOfCallsThatBeganWithoutThinking() {
        ChatRequest plain = Conversation.withTools(null);
        ChatRequest thoughtful = Conversation.withTools(
                new ProviderMessage("", "[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"E\"}]"));
        assertFalse(ANTHROPIC.body(asking(plain)).contains("budget_tokens"));
        assertTrue(ANTHROPIC.body(asking(thoughtful)).contains("budget_tokens"));
    }

    private static ChatRequest asking(ChatRequest request) {
        return new ChatRequest(request.model(), request.messages(), request.tools(), true);
    }
}
