package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.Conversation;
import app.patter.provider.Delta;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.Dialect;
import app.patter.provider.ErrorBody;
import app.patter.provider.Origin;
import app.patter.provider.ProviderErrors;
import app.patter.provider.Recorder;
import app.patter.provider.RequestContext;
import app.patter.provider.Sample;
import app.patter.provider.dialect.OpenAiChat.Continuation;
import app.patter.provider.http.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatTest {

    private static final Dialect CHAT = new OpenAiChat(Continuation.WORDS);
    private static final RequestContext ASKED =
            new RequestContext("a/openai/m", "1", new ProviderErrors("host:1", null, Origin.SETTINGS, CHAT));

    private static List<Delta> payloads(String... payloads) {
        List<Delta> deltas = new ArrayList<>();
        AnswerParser chat = new OpenAiChatParser(ASKED);
        for (String payload : payloads) {
            chat.payload(payload, deltas::add);
        }
        return deltas;
    }

    private static String content(String escaped) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + escaped + "\"}}]}";
    }

    private static String text(List<Delta> deltas, boolean reasoning) {
        StringBuilder text = new StringBuilder();
        for (Delta delta : deltas) {
            if (delta instanceof Delta.Text piece && !reasoning) {
                text.append(piece.text());
            } else if (delta instanceof Delta.Reasoning piece && reasoning) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "openai-plain,'','Grüße aus dem:\n\n- 🌍!\n ende',19,10,8,0,stop",
        "openai-vllm-reasoning,'\nOkay, the user…\n','\n\nFour.',15,12,0,0,stop",
        "openai-openrouter-reasoning,Let me think,Paris.,11,35,0,29,stop",
        "openai-llamacpp-length,'','Ja, gern!',12,4,0,0,length",
        "openai-ollama,'','Hi there 👋',26,4,0,0,stop"
    })
    void theStreamsOfManyServersAreUnderstood(
            String name, String reasoning, String text, long in, long out, long cached, long thought, String reason) {
        List<Delta> whole = Sample.of(name + ".sse").read();
        assertEquals(text, text(whole, false));
        assertEquals(reasoning, text(whole, true));
        List<Delta> said = whole.stream()
                .filter(delta -> !(delta instanceof Delta.Original))
                .toList();
        assertEquals(
                List.of(new Delta.Usage(in, out, cached, thought), new Delta.Finished(reason)),
                said.subList(said.size() - 2, said.size()));
    }

    @Test
    void parallelCallsAreToldApartAndReadyAtTheFinishReason() {
        assertEquals("""
                text I'll look it up – |
                text twice.|
                started call_Paris get_weather
                arguments call_Paris {"city":|
                started call_Koeln get_weather
                arguments call_Koeln {"city":"Kö|
                arguments call_Paris "Paris"}|
                arguments call_Koeln ln 🌧"}|
                ready call_Paris get_weather {"city":"Paris"}
                ready call_Koeln get_weather {"city":"Köln 🌧"}
                usage 82 41 64 0
                finished tool_calls
                """, Sample.of("openai-tools.sse").told());
    }

    @Test
    void callsWithoutIndexAndIdAreToldApartByTheirNames() {
        assertEquals("""
                started patter_1_1 now
                started patter_1_2 add
                arguments patter_1_2 {"a":1,|
                arguments patter_1_2 "b":2}|
                ready patter_1_1 now {}
                ready patter_1_2 add {"a":1,"b":2}
                finished tool_calls
                """, Sample.of("openai-tools-without-ids.sse").told());
    }

    @Test
    void callsThatShareAnIndexAreToldApartByTheirIds() {
        String call = "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"%s\",\"function\":"
                + "{\"name\":\"now\",\"arguments\":\"{}\"}}]}}]}";
        assertEquals("""
                started a now
                arguments a {}|
                started b now
                arguments b {}|
                """, Sample.told(CHAT, call.formatted("a"), call.formatted("b")));
    }

    @Test
    void argumentsMayBeAnObjectInsteadOfAText() {
        assertEquals(
                """
                started a now
                arguments a {"zone":"UTC"}|
                """,
                Sample.told(
                        CHAT,
                        "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":"
                                + "{\"name\":\"now\",\"arguments\":{\"zone\":\"UTC\"}}}]}}]}"));
    }

    @Test
    void argumentsThatComeBeforeTheNameWaitForIt() {
        String call = "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":%s}]}}]}";
        assertEquals(
                """
                started patter_1_1 now
                arguments patter_1_1 {"a|
                arguments patter_1_1 ":1}|
                """,
                Sample.told(
                        CHAT,
                        call.formatted("{\"arguments\":\"{\\\"a\"}"),
                        call.formatted("{\"name\":\"now\"}"),
                        call.formatted("{\"arguments\":\"\\\":1}\"}")));
    }

    @Test
    void reasoningThatLedToACallIsKept() {
        assertEquals("""
                reasoning The user wants |
                reasoning the time.|
                started call_00_x now
                arguments call_00_x {}|
                ready call_00_x now {}
                usage 20 30 0 12
                kept test/openai/m {"role":"assistant","content":"","reasoning_content":"The user wants the time.",\
                "tool_calls":[{"id":"call_00_x","type":"function","function":{"name":"now","arguments":"{}"}}]}
                finished tool_calls
                """, Sample.of("openai-deepseek-tools.sse").told());
    }

    @Test
    void reasoningInDetailIsJoinedToItsItems() {
        String details = "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_details\":[%s]}}]}";
        assertEquals(
                """
                reasoning Let |
                reasoning me|
                kept test/openai/m {"role":"assistant","content":"","reasoning_details":[\
                {"type":"reasoning.text","text":"Let me","index":0,"signature":"s+/="},\
                {"type":"reasoning.encrypted","data":"a","index":0},{"type":"reasoning.encrypted","data":"b","index":0}]}
                finished stop
                """,
                Sample.told(
                        CHAT,
                        details.formatted("{\"type\":\"reasoning.text\",\"text\":\"Let \",\"index\":0}"),
                        details.formatted(
                                "{\"type\":\"reasoning.text\",\"text\":\"me\",\"signature\":\"s+/=\",\"index\":0}"),
                        details.formatted("{\"type\":\"reasoning.encrypted\",\"data\":\"a\",\"index\":0},"
                                + "{\"type\":\"reasoning.encrypted\",\"data\":\"b\",\"index\":0}"),
                        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        "[DONE]"));
    }

    @Test
    void contentInPartsIsUnderstood() {
        assertEquals("""
                reasoning Hm, |
                reasoning four.|
                text 4|
                usage 9 8 0 0
                finished stop
                """, Sample.of("openai-mistral-parts.sse").told());
    }

    @Test
    void theRequestCarriesToolsCallsAndResults() {
        String body = CHAT.body(Conversation.withTools(null));
        assertEquals(
                "{\"role\":\"assistant\",\"content\":\"Looking.\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\\\"Köln\\\"}\"}},"
                        + "{\"id\":\"patter_2_1\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"dry\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"patter_2_1\",\"content\":\"no clock\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"description\":"
                        + "\"Weather of a city\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":"
                        + "{\"type\":\"string\"}}}}},{\"type\":\"function\",\"function\":{\"name\":\"now\",\"description\":"
                        + "\"Current time\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]}",
                body.substring(body.indexOf("{\"role\":\"assistant\"")));
        String original = "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"Hm\"}";
        assertTrue(CHAT.body(Conversation.withTools(new ProviderMessage("", original)))
                .contains("\"Weather?\"}," + original + ",{\"role\":\"tool\""));
    }

    @Test
    void aSurrogatePairSplitOverTwoTokensIsJoinedAndHalvesAreReplaced() {
        assertEquals(
                List.of(new Delta.Text("a"), new Delta.Text("😀")), payloads(content("a\\ud83d"), content("\\ude00")));
        assertEquals(List.of(new Delta.Text("\uFFFDx")), payloads(content("\\ud83d"), content("x")));
        assertEquals(List.of(new Delta.Text("\uFFFD")), payloads(content("\\ude00")));
        assertEquals(
                List.of(new Delta.Text("\uFFFD"), new Delta.Text("😀")),
                payloads(content("\\ud83d\\ud83d"), content("\\ude00")));
        assertEquals(
                List.of(new Delta.Text("\uFFFD"), new Delta.Finished("stop")),
                payloads(
                        content("\\ud83d"),
                        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        "[DONE]"));
    }

    @Test
    void whatADatabaseCannotStoreIsReplaced() {
        assertEquals(List.of(new Delta.Text("a\uFFFDb")), payloads(content("a\\u0000b")));
    }

    @Test
    void emptyTokensAreSkippedAndBlankOnesKept() {
        assertEquals(
                List.of(new Delta.Text(" "), new Delta.Text("\n")),
                payloads(content(""), content(" "), content("\\n"), ""));
    }

    @Test
    void refusalsAreTextAndOtherChoicesAreSkipped() {
        assertEquals(
                List.of(new Delta.Text("I cannot.")),
                payloads(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":null,\"refusal\":\"I cannot.\"}}]}",
                        "{\"choices\":[{\"delta\":{\"content\":\"other\"},\"index\":1,\"finish_reason\":\"stop\"}]}"));
    }

    @Test
    void unknownFieldsOfAnyShapeAreSkipped() {
        assertEquals(
                List.of(new Delta.Text("a")),
                payloads(
                        "{\"x\":{\"choices\":[{\"y\":[1,{}]}]},\"error\":null,\"choices\":[null,7,{\"z\":[[]],\"index\":0,"
                                + "\"delta\":{\"tool_calls\":[{\"index\":0}],\"content\":\"a\",\"audio\":{\"b\":1}}}],"
                                + "\"usage\":null,\"n\":1e999999999}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"BR",
                "[]",
                "null",
                "7",
                "nonsense",
                "{\"x\":{\"y\":[",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]"
            })
    void whatIsNoJsonObjectFails(String payload) {
        List<Delta> deltas = new ArrayList<>();
        AnswerParser chat = new OpenAiChatParser(ASKED);
        chat.payload(payload, deltas::add);
        chat.end(deltas::add);
        assertEquals(1, deltas.size());
        assertEquals(
                Kind.GARBAGE,
                assertInstanceOf(Delta.Failed.class, deltas.get(0)).kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"error\":{\"message\":\"boom\",\"code\":\"x\"}};SERVER;0;boom",
                "{\"error\":\"boom\"};SERVER;0;boom",
                "{\"error\":{\"message\":\"slow down\",\"code\":429}};RATE_LIMITED;429;slow down",
                "{\"object\":\"error\",\"message\":\"boom\",\"code\":400};REQUEST;400;boom",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}],\"error\":{\"code\":502,"
                        + "\"message\":\"Provider disconnected\"}};SERVER;502;Provider disconnected"
            })
    void anErrorInsideAStreamFails(String payload, Kind kind, int status, String saying) {
        Delta.Failed failed =
                assertInstanceOf(Delta.Failed.class, payloads(payload).get(0));
        assertEquals(kind, failed.kind());
        assertEquals(status, failed.status());
        assertTrue(Recorder.words(failed).contains(saying), Recorder.words(failed));
    }

    @Test
    void errorBodiesOfAllShapesSpeak() {
        assertEquals(
                "m",
                ErrorBody.of("[{\"error\":{\"code\":400,\"message\":\"m\"}}]").message());
        assertEquals("Not Found", ErrorBody.of("{\"detail\":\"Not Found\"}").message());
        assertEquals(
                "field required",
                ErrorBody.of("{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}")
                        .message());
        assertEquals(
                "cut", ErrorBody.of("{\"error\":{\"message\":\"cut\",\"x\":\"").message());
        assertEquals("plain words", ErrorBody.of(" plain words\n").message());
        assertEquals("", ErrorBody.of("<html><body>Bad gateway").message());
        assertEquals("", ErrorBody.of("").message());
    }

    @Test
    void goingOnIsAskedInTheWayTheServerUnderstands() {
        ChatRequest request = new ChatRequest(
                "m", List.of(new ChatMessage(Role.USER, "q"), new ChatMessage(Role.ASSISTANT, "a \"b\"\n")));
        String messages =
                "{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a \\\"b\\\"\\n\"}";
        assertTrue(new OpenAiChat(Continuation.NATIVE).body(request).endsWith("\"messages\":[" + messages + "]}"));
        assertTrue(new OpenAiChat(Continuation.FLAGS)
                .body(request)
                .endsWith(messages + "],\"continue_final_message\":true,\"add_generation_prompt\":false}"));
        assertTrue(new OpenAiChat(Continuation.WORDS)
                .body(request)
                .contains(messages + ",{\"role\":\"user\",\"content\":\"Go on"));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(Optional.of(Duration.ofSeconds(7)), RetryAfter.parse(" 7 ", now));
        assertEquals(Optional.of(Duration.ofMillis(1500)), RetryAfter.parse("1.5", now));
        assertEquals(Optional.of(Duration.ofSeconds(90)), RetryAfter.parse("Thu, 01 Jan 2026 00:01:30 GMT", now));
        assertEquals(Optional.of(Duration.ZERO), RetryAfter.parse("Wed, 31 Dec 2025 00:00:00 GMT", now));
        assertEquals(Optional.of(Duration.ZERO), RetryAfter.parse("-5", now));
        assertEquals(Optional.of(Duration.ofDays(1)), RetryAfter.parse("1e300", now));
        assertEquals(Optional.empty(), RetryAfter.parse("soon", now));
        assertEquals(Optional.empty(), RetryAfter.parse("NaN", now));
    }

    @Test
    void retryAfterMayBeInMillisecondsAndInTheBody() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(
                Optional.of(Duration.ofMillis(1234)),
                RetryAfter.of(headers("retry-after-ms", "1234", "Retry-After", "2"), "", now));
        assertEquals(Optional.of(Duration.ofSeconds(2)), RetryAfter.of(headers("Retry-After", "2"), "", now));
        assertEquals(
                Optional.of(Duration.ofMillis(34_500)),
                RetryAfter.of(headers(), "{\"error\":{\"details\":[{\"retryDelay\": \"34.5s\"}]}}", now));
        assertEquals(Optional.empty(), RetryAfter.of(headers("retry-after-ms", "soon"), "{}", now));
    }

    private static HttpHeaders headers(String... pairs) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.put(pairs[i], List.of(pairs[i + 1]));
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
