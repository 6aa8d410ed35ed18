package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ProviderMessage;
import app.patter.provider.Conversation;
import app.patter.provider.Dialect;
import app.patter.provider.Sample;
import org.junit.jupiter.api.Test;

class OpenAiResponsesTest {

    private static final Dialect RESPONSES = new OpenAiResponses();

    @Test
    void encryptedReasoningIsKeptAndInterleavedCallsAreToldApart() {
        assertEquals("""
                reasoning Plan: |
                reasoning ask twice.|
                reasoning ⏎⏎|
                reasoning Then answer.|
                text Let me see – |
                text 🌦.|
                started call_a get_weather
                started call_b now
                arguments call_a {"city":|
                arguments call_b {}|
                arguments call_a "Paris"}|
                ready call_b now {}
                ready call_a get_weather {"city":"Paris"}
                usage 81 120 64 64
                kept test/responses/m [{"id":"rs_1","type":"reasoning","encrypted_content":"gAAAAABo+/4x==",\
                "summary":[{"type":"summary_text","text":"Plan: ask twice."},{"type":"summary_text","text":"Then answer."}]},\
                {"id":"msg_1","type":"message","status":"completed","content":[{"type":"output_text","annotations":[],\
                "logprobs":[],"text":"Let me see – 🌦."}],"role":"assistant"},\
                {"id":"fc_1","type":"function_call","status":"completed","arguments":"{\\"city\\":\\"Paris\\"}",\
                "call_id":"call_a","name":"get_weather"},\
                {"id":"fc_2","type":"function_call","status":"completed","arguments":"{}","call_id":"call_b","name":"now"}]
                finished completed
                """, Sample.of("responses-tools.sse").told());
    }

    @Test
    void aRefusalIsText() {
        assertEquals("""
                text I can't help |
                text with that.|
                usage 12 7 0 0
                finished completed
                """, Sample.of("responses-refusal.sse").told());
    }

    @Test
    void anIncompleteAnswerEndsWithItsReason() {
        assertEquals("""
                text Once upon|
                usage 5 2 0 0
                finished max_output_tokens
                """, Sample.of("responses-incomplete.sse").told());
    }

    @Test
    void aFailedResponseAndAnErrorEventFail() {
        assertEquals("""
                text So|
                failed RATE_LIMITED 429 retryable
                """, Sample.of("responses-failed.sse").told());
        assertEquals(
                "failed SERVER 0 retryable\n",
                Sample.told(
                        RESPONSES,
                        "{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"boom\",\"param\":null}"));
    }

    @Test
    void aServerThatIgnoresStreamingIsUnderstoodToo() {
        assertEquals(
                """
                reasoning Hm|
                text Hi|
                started c now
                arguments c {}|
                ready c now {}
                usage 1 2 0 0
                finished completed
                """,
                Sample.told(
                        RESPONSES,
                        "{\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"reasoning\",\"summary\":"
                                + "[{\"type\":\"summary_text\",\"text\":\"Hm\"}]},{\"type\":\"message\",\"content\":"
                                + "[{\"type\":\"output_text\",\"text\":\"Hi\"}]},{\"type\":\"function_call\",\"call_id\":\"c\","
                                + "\"name\":\"now\",\"arguments\":\"{}\"}],\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}"));
    }

    @Test
    void theRequestCarriesCallsAndResultsAsItems() {
        String body = RESPONSES.body(Conversation.withTools(null));
        assertEquals(
                "{\"model\":\"m\",\"stream\":true,\"store\":false,\"input\":["
                        + "{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Weather?\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Looking.\"},"
                        + "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\\\"Köln\\\"}\"},"
                        + "{\"type\":\"function_call\",\"call_id\":\"patter_2_1\",\"name\":\"now\",\"arguments\":\"{}\"},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"dry\"},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"patter_2_1\",\"output\":\"no clock\"}],",
                body.substring(0, body.indexOf("\"tools\"")));
        assertTrue(
                body.endsWith("{\"type\":\"function\",\"name\":\"now\",\"description\":\"Current time\",\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{}},\"strict\":false}]}"),
                body);
    }

    @Test
    void itsOwnTurnGoesBackAsItWas() {
        String original = "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"encrypted_content\":\"gAA+/==\",\"summary\":[]}";
        String body = RESPONSES.body(Conversation.withTools(new ProviderMessage("", "[" + original + "]")));
        assertTrue(body.contains("\"Weather?\"}," + original + ",{\"type\":\"function_call_output\""), body);
        assertFalse(body.contains("Looking."), body);
    }

    @Test
    void goingOnIsAskedInWordsAndReasoningComesEncrypted() {
        assertTrue(RESPONSES.body(Conversation.cutOff()).contains("{\"role\":\"user\",\"content\":\"Go on from"));
        assertTrue(RESPONSES
                .body(Conversation.reasoning())
                .endsWith("\"reasoning\":{\"summary\":\"auto\"},\"include\":[\"reasoning.encrypted_content\"]}"));
    }
}
