package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.Delta;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.Dialect;
import app.patter.provider.Ending;
import app.patter.provider.OddStream;
import app.patter.provider.Recorder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers send that is not quite as their dialects say, kind by kind; {@code docs/compatibility.md} lists them. */
class CompatibilityTest {

    private static final Dialect CHAT = Dialects.named("openai");
    private static final Dialect RESPONSES = Dialects.named("responses");
    private static final Dialect ANTHROPIC = Dialects.named("anthropic");
    private static final Dialect GEMINI = Dialects.named("gemini");
    private static final Dialect OLLAMA = Dialects.named("ollama");
    private static final Dialect AGENT = Dialects.named("agent");

    private static final String STOP = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String CALLS = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}";

    /** An event of a chat completion; quotation marks are single. */
    private static String delta(String fields) {
        return ("{'choices':[{'index':0,'delta':{" + fields + "}}]}").replace('\'', '"');
    }

    private static String call(String fields) {
        return delta("'tool_calls':[{" + fields + "}]");
    }

    private static String said(String text) {
        return delta("'content':'" + text + "'");
    }

    private static OddStream events(Dialect dialect, String... payloads) {
        StringBuilder stream = new StringBuilder();
        for (String payload : payloads) {
            stream.append("data: ").append(payload.replace("\n", "\ndata: ")).append("\n\n");
        }
        return new OddStream(dialect, stream.toString());
    }

    private static void assertSaid(String text, OddStream stream) {
        assertEquals(text, stream.text());
        assertEquals("", stream.reasoning());
        assertEquals(Ending.NORMAL, stream.finished().ending());
    }

    private static void assertReasoned(String reasoning, String text, OddStream stream) {
        assertEquals(reasoning, stream.reasoning());
        assertEquals(text, stream.text());
        assertEquals(Ending.NORMAL, stream.finished().ending());
    }

    private static void assertCalls(String calls, OddStream stream) {
        assertEquals(calls, stream.calls());
        assertEquals(Ending.NORMAL, stream.finished().ending());
    }

    private static Delta.Failed assertFails(String words, OddStream stream) {
        String told = Recorder.words(stream.failed());
        assertTrue(told.contains(words), told);
        return stream.failed();
    }

    // Where an answer ends

    @Test
    void anAnswerIsCompleteByItsReasonByDoneOrByTheEndOfTheBody() {
        assertSaid("Two.", events(CHAT, said("Two."), STOP));
        assertSaid("Two.", events(CHAT, said("Two."), "[DONE]"));
        assertSaid("Two.", events(CHAT, said("Two.")));
        assertSaid("Two.", events(CHAT, said("Two."), STOP.replace("stop", ""), "[DONE]"));
        assertSaid("Two.", new OddStream(CHAT, "data: " + said("Two.") + "\n\ndata: " + STOP));
        assertSaid("Two.", new OddStream(OLLAMA, "{\"message\":{\"content\":\"Two.\"}}\n"));
        for (Dialect dialect : Dialects.ALL) {
            assertSaid("Two.", new OddStream(dialect, OddStream.piece(dialect, "Two.")));
        }
    }

    @Test
    void whatEndsInAPayloadOrWasCutIsNotComplete() {
        assertEquals(
                Kind.TRUNCATED,
                new OddStream(CHAT, "data: " + said("a") + "\n\ndata: {\"choi")
                        .failed()
                        .kind());
        assertEquals(Kind.TRUNCATED, events(CHAT, said("a")).cut().failed().kind());
        assertEquals(
                Kind.TRUNCATED,
                events(CHAT, call("'index':0,'function':{'name':'add','arguments':'{'}"))
                        .failed()
                        .kind());
        assertEquals("stop", events(CHAT, said("a"), STOP).cut().finished().reason());
    }

    @Test
    void endsOfResponsesAreFoundWithoutTheirEmptyLine() {
        String completed = "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":"
                + "{\"status\":\"completed\",\"output\":[]}}";
        String piece = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Two\"}\n\n";
        assertSaid("Two", new OddStream(RESPONSES, piece + completed));
    }

    // What is repeated, misplaced or missing

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1", "\"0\"", "null"})
    void theChoiceThatComesFirstCounts(String index) {
        assertSaid("Two.", events(CHAT, said("Two.").replace("\"index\":0", "\"index\":" + index), "[DONE]"));
        assertSaid(
                "Two.",
                events(
                        GEMINI,
                        "{\"candidates\":[{\"index\":" + index
                                + ",\"content\":{\"parts\":[{\"text\":\"Two.\"}]},\"finishReason\":\"STOP\"}]}"));
    }

    @Test
    void aWholeMessageIsShownOnce() {
        String whole = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Two.\"},\"finish_reason\":\"stop\"}]}";
        assertSaid("Two.", events(CHAT, whole, "[DONE]"));
        assertSaid("Two.", events(CHAT, said("Two."), whole));
        assertSaid("Two.", events(CHAT, said("Tw"), whole));
        assertSaid("Two.", events(CHAT, whole.replace("\"message\"", "\"delta\":{\"content\":\"Two.\"},\"message\"")));
        assertSaid("Two.", events(CHAT, whole.replace("Two.", "Tw").replace("\"stop\"", "null"), whole));
        String called = "{'index':0,'id':'a','function':{'name':'add','arguments':'{}'}}".replace('\'', '"');
        assertCalls(
                "a add {}",
                events(
                        CHAT,
                        delta("'tool_calls':[" + called.replace('"', '\'') + "]"),
                        "{\"choices\":[{\"message\":{\"tool_calls\":[" + called
                                + "]},\"finish_reason\":\"tool_calls\"}]}"));
    }

    @Test
    void textThatComesOnlyWithAnEndIsShown() {
        String item = "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Two.\"}]}";
        String completed = "{\"type\":\"response.completed\",\"response\":{\"output\":[" + item + "]}}";
        String done = "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + item + "}";
        String text = "{\"type\":\"response.output_text.done\",\"output_index\":0,\"text\":\"Two.\"}";
        assertSaid("Two.", events(RESPONSES, completed));
        assertSaid("Two.", events(RESPONSES, done, completed));
        assertSaid("Two.", events(RESPONSES, text, done, completed));
        assertSaid(
                "Two.",
                events(
                        RESPONSES,
                        text.replace("done", "delta").replace("text\":\"", "delta\":\""),
                        text,
                        done,
                        completed));
    }

    @Test
    void startsAndStopsOfBlocksMayBeMissingOrRepeated() {
        String start = "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"content\":[]}}";
        String piece =
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Two\"}}";
        String stop = "{\"type\":\"message_stop\"}";
        assertSaid("Two", events(ANTHROPIC, start, piece, stop));
        assertSaid("Two", events(ANTHROPIC, piece, stop));
        assertSaid("Two", events(ANTHROPIC, start, start, piece, stop));
        assertCalls(
                "t add {\"a\":1}",
                events(
                        ANTHROPIC,
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"add\"}}",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"partial_json\":\"{\\\"a\\\":1}\"}}",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}"));
    }

    @Test
    void countsAreFoundWhereverTheyStand() {
        String count = "{\"prompt_tokens\":3,\"completion_tokens\":2}";
        for (String chunk : List.of(
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"usage\":" + count + "}]}",
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}],\"x_groq\":{\"usage\":" + count + "}}",
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}],\"usage\":" + count + "}")) {
            assertTrue(events(CHAT, said("Two."), chunk).deltas().contains(new Delta.Usage(3, 2, 0, 0)), chunk);
        }
    }

    // Tool calls

    @Test
    void callsAreOneByIndexWhateverTheirIds() {
        String whole = "a add {\"a\":1}";
        assertCalls(
                whole,
                events(
                        CHAT,
                        call("'index':0,'id':'a','function':{'name':'add','arguments':''}"),
                        call("'index':0,'id':'b','function':{'arguments':'{\\\"a\\\":'}"),
                        call("'index':0,'id':'c','function':{'arguments':'1}'}"),
                        CALLS));
        assertCalls(
                whole,
                events(
                        CHAT,
                        call("'index':0,'id':'a','function':{'name':'add','arguments':''}"),
                        call("'index':0,'id':'b','function':{'name':'add','arguments':'{\\\"a\\\":1}'}"),
                        CALLS));
    }

    @Test
    void callsOfOneIndexAreToldApartByTheirNames() {
        assertCalls(
                "patter_1_1 add {\"a\":1}, patter_1_2 now {}",
                events(
                        CHAT,
                        call("'index':0,'id':'','function':{'name':'add','arguments':'{\\\"a\\\":1}'}"),
                        call("'index':0,'id':'','function':{'name':'now','arguments':'{}'}"),
                        CALLS));
        assertCalls(
                "patter_1_1 add {\"a\":1}, patter_1_2 add {\"a\":2}",
                events(
                        CHAT,
                        call("'index':0,'function':{'name':'add','arguments':'{\\\"a\\\":1}'}"),
                        call("'index':0,'function':{'name':'add','arguments':'{\\\"a\\\":2}'}"),
                        CALLS));
    }

    @Test
    void namesAndArgumentsMayComeInPiecesOrWholeAgain() {
        assertCalls(
                "a add {\"a\":1}",
                events(
                        CHAT,
                        call("'index':0,'id':'a','function':{'name':'ad'}"),
                        call("'index':0,'id':'a','function':{'name':'d'}"),
                        call("'index':0,'function':{'arguments':'{\\\"a\\\":1}'}"),
                        CALLS));
        assertCalls(
                "a add {\"a\":1}",
                events(
                        CHAT,
                        call("'index':0,'id':'a','function':{'name':'add','arguments':'{\\\"a\\\"'}"),
                        call("'index':0,'id':'a','function':{'name':'add','arguments':'{\\\"a\\\":1'}"),
                        call("'index':0,'id':'a','function':{'name':'add','arguments':'{\\\"a\\\":1}'}"),
                        call("'index':0,'id':'a','function':{'name':'add','arguments':'{\\\"a\\\":1}'}"),
                        CALLS));
        assertCalls(
                "a add {\"a\":{\"a\":1}}",
                events(
                        CHAT,
                        call("'index':0,'id':'a','function':{'name':'add','arguments':'{\\\"a\\\":'}"),
                        call("'index':0,'function':{'arguments':'{\\\"a\\\":1}}'}"),
                        CALLS));
    }

    @Test
    void argumentsMayBeATextOrAnObjectInEveryDialect() {
        assertCalls(
                "a add {\"a\":1}", events(CHAT, call("'id':'a','function':{'name':'add','arguments':{'a':1}}"), CALLS));
        assertCalls(
                "a add {\"a\":1}",
                events(
                        CHAT,
                        call("'id':'a','function':{'name':'add','arguments':'\\\"{\\\\\\\"a\\\\\\\":1}\\\"'}"),
                        CALLS));
        for (String arguments : List.of("{\"a\":1}", "\"{\\\"a\\\":1}\"")) {
            assertCalls(
                    "patter_1_1 add {\"a\":1}",
                    new OddStream(
                            OLLAMA,
                            "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"add\",\"arguments\":" + arguments
                                    + "}}]},\"done\":true}"));
            assertCalls(
                    "patter_1_1 add {\"a\":1}",
                    events(
                            GEMINI,
                            "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"add\",\"args\":"
                                    + arguments + "}}]},\"finishReason\":\"STOP\"}]}"));
            assertCalls(
                    "t add {\"a\":1}",
                    events(
                            ANTHROPIC,
                            "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"add\",\"input\":"
                                    + arguments + "}}",
                            "{\"type\":\"message_stop\"}"));
            assertCalls(
                    "t add {\"a\":1}",
                    events(
                            RESPONSES,
                            "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\",\"call_id\":\"t\",\"name\":\"add\",\"arguments\":"
                                    + arguments + "}}",
                            "{\"type\":\"response.completed\"}"));
        }
    }

    @Test
    void theOldFormOfACallIsACall() {
        String reason = CALLS.replace("tool_calls", "function_call");
        assertCalls(
                "patter_1_1 add {\"a\":1}",
                events(
                        CHAT,
                        delta("'function_call':{'name':'add','arguments':''}"),
                        delta("'function_call':{'arguments':'{\\\"a\\\":1}'}"),
                        reason));
        assertCalls(
                "patter_1_1 add {}",
                events(
                        CHAT,
                        "{\"choices\":[{\"message\":{\"function_call\":{\"name\":\"add\",\"arguments\":\"{}\"}},\"finish_reason\":\"function_call\"}]}"));
    }

    @Test
    void callsInTheTextAreCallsInEveryDialect() {
        String written = "<tool_call>\\n{\\\"name\\\":\\\"add\\\",\\\"arguments\\\":{\\\"a\\\":1}}\\n</tool_call>";
        for (Dialect dialect : Dialects.ALL) {
            assertCalls("patter_1_1 add {\"a\":1}", OddStream.saying(dialect, written));
        }
    }

    // Reasoning

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'reasoning':'so'",
                "'reasoning_content':'so'",
                "'reasoning_text':'so'",
                "'thinking':'so'",
                "'reasoning':{'text':'so'}",
                "'reasoning_details':[{'type':'reasoning.text','text':'so'}]",
                "'reasoning_content':'so','reasoning':'so'",
                "'content':[{'type':'thinking','thinking':[{'type':'text','text':'so'}]}]",
                "'content':[{'type':'reasoning','text':'so'}]",
                "'content':'<think>so</think>'"
            })
    void reasoningHasManyNames(String fields) {
        assertReasoned("so", "Two.", events(CHAT, delta(fields), said("Two."), STOP));
    }

    @Test
    void reasoningHasManyNamesInTheOtherDialectsToo() {
        for (String name : List.of("thinking", "reasoning", "reasoning_content", "reasoning_text")) {
            assertReasoned(
                    "so",
                    "Two.",
                    new OddStream(
                            OLLAMA,
                            "{\"message\":{\"" + name
                                    + "\":\"so\"}}\n{\"message\":{\"content\":\"Two.\"},\"done\":true}\n"));
            assertReasoned(
                    "so",
                    "Two.",
                    events(
                            ANTHROPIC,
                            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"" + name + "\":\"so\"}}",
                            "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"text\":\"Two.\"}}",
                            "{\"type\":\"message_stop\"}"));
        }
        for (Dialect dialect : Dialects.ALL) {
            assertReasoned("so", "Two.", OddStream.saying(dialect, "<think>so</think>Two."));
            assertReasoned("so", "Two.", OddStream.saying(dialect, "so\\n</think>\\nTwo."));
            assertReasoned("", "`<think>`", OddStream.saying(dialect, "`<think>`"));
        }
    }

    @Test
    void reasoningInTheTextIsNotSentBack() {
        OddStream stream = events(
                CHAT,
                said("<think>so</think>On it."),
                call("'index':0,'id':'a','function':{'name':'add','arguments':'{}'}"),
                CALLS);
        assertCalls("a add {}", stream);
        assertFalse(stream.told().contains("think>"), stream.told());
    }

    // What stands around payloads

    @Test
    void severalObjectsInOneEventAreRead() {
        assertSaid("One two.", events(CHAT, said("One ") + "\n" + said("two."), STOP));
        assertSaid("One two.", events(CHAT, said("One ") + said("two."), STOP));
        assertSaid("One two.", events(CHAT, "[" + said("One ") + "," + said("two.") + "]", STOP));
        assertSaid("One two.", events(CHAT, said("One ") + "\n" + said("two.") + "\n" + STOP + "\n[DONE]"));
    }

    @Test
    void eventsMayFollowEachOtherWithoutEmptyLines() {
        assertSaid(
                "One two.",
                new OddStream(
                        CHAT,
                        "data: " + said("One ") + "\ndata: " + said("two.") + "\ndata: " + STOP + "\ndata: [DONE]\n"));
        assertSaid(
                "One two.",
                new OddStream(
                        ANTHROPIC,
                        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"One \"}}\n"
                                + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"two.\"}}\n"
                                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: tick\n\n",
                "data: ping\n\n",
                "data: \"alive\"\n\n",
                "data: 1700000000\n\n",
                "data: null\n\n",
                "data: []\n\n",
                "data: {}\n\n",
                "data:\n\n",
                ": processing\n\n",
                "event: ping\ndata: ping\n\n",
                "event: ping\ndata: {\"type\":\"ping\"}\n\n",
                "data: {\"type\":\"ping\",\"cost\":\"0\"}\n\n",
                "data: {\"status\":\"queued\",\"message\":\"you are third\"}\n\n",
                "id: 7\nretry: 100\n\n",
                "data: 2026-01-01T00:00:00Z\n\n",
                "\n\n\n"
            })
    void signsOfLifeAreNoAnswer(String sign) {
        for (Dialect dialect : Dialects.ALL) {
            OddStream whole = OddStream.saying(dialect, "Two.");
            if (!whole.isLines()) {
                assertSaid("Two.", new OddStream(dialect, sign + whole.stream().replace("\n\n", "\n\n" + sign)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "\"[DONE]\"", "'[DONE]'", " [DONE] "})
    void doneMayStandBetweenQuotationMarks(String done) {
        assertSaid("Two.", events(CHAT, said("Two."), done));
    }

    @Test
    void numbersThatJsonDoesNotHaveDoNoHarm() {
        assertSaid(
                "NaN, Infinity",
                events(
                        CHAT,
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"NaN, Infinity\"},\"logprobs\":{\"p\":[NaN,-Infinity]}}],\"t\": NaN}",
                        STOP));
    }

    @Test
    void theFirstBytesTellHowAStreamIsFramed() {
        String lines = "{\"message\":{\"content\":\"Two.\"},\"done\":true}";
        assertSaid("Two.", new OddStream(OLLAMA, "data: " + lines + "\n\n"));
        assertSaid("Two.", new OddStream(CHAT, said("Two.") + "\n" + STOP + "\n"));
        assertSaid("Two.", new OddStream(CHAT, "\uFEFFdata: " + said("Two.") + "\n\ndata: [DONE]\n\n"));
        assertSaid("Two.", new OddStream(CHAT, "\uFEFF\r\n\r\ndata:" + said("Two.") + "\r\n\r\ndata:[DONE]\r\n\r\n"));
        String piece =
                "{\n  \"candidates\": [\n    {\n      \"content\": {\n        \"parts\": [\n          { \"text\": \"%s\" }\n        ]\n      }\n    }\n  ]\n}";
        assertSaid(
                "One two.",
                new OddStream(GEMINI, "[" + piece.formatted("One ") + "\n,\n" + piece.formatted("two.") + "\n]"));
    }

    @Test
    void aBrokenPayloadEndsNothingButIsSaid() {
        OddStream stream = events(CHAT, said("One "), "{\"choices\":[{\"delta\":{\"content\":\"lo", said("two."), STOP);
        assertEquals("One two.", stream.text());
        assertEquals(Ending.GAP, stream.finished().ending());
    }

    // Errors

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"detail\":\"too long for me\"}\n\n",
                "data: {\"detail\":[{\"loc\":[\"body\"],\"msg\":\"too long for me\"}]}\n\n",
                "data: [{\"error\":{\"code\":400,\"message\":\"too long for me\"}}]\n\n",
                "data: {\"errors\":[{\"message\":\"too long for me\"}]}\n\n",
                "data: {\"message\":\"too long for me\",\"code\":400}\n\n",
                "data: {\"message\":\"too long for me\"}\n\n",
                "data: {\"object\":\"error\",\"message\":\"too long for me\",\"type\":\"BadRequestError\"}\n\n",
                "data: {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"too long for me\"}}\n\n",
                "event: error\ndata: {\"message\":\"too long for me\"}\n\n",
                "event: error\ndata: too long for me\n\n",
                "event: server_error\ndata: \"too long for me\"\n\n",
                "error: {\"code\":400,\"message\":\"too long for me\"}\n\n",
                "{\"error\":{\"message\":\"too long for me\"}}",
                "{\n  \"error\": {\n    \"message\": \"too long for me\"\n  }\n}\n",
                "{\"error\":\"too long for me\"}\n",
                ": hm\n\n{\"error\":{\"message\":\"too long for me\"}}\n\n",
                "data: {\"error\":{\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\"too long for me\"}}}\n\n",
                "data: {\"error\":{\"message\":\"x\",\"metadata\":{\"raw\":{\"error\":{\"message\":\"too long for me\"}}}}}\n\n"
            })
    void errorsInsideAnAnswerSpeakAndAreFinal(String stream) {
        for (Dialect dialect : Dialects.ALL) {
            Delta.Failed failed = assertFails("too long for me", new OddStream(dialect, stream));
            assertFalse(failed.retryable(), dialect.name());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"error\":{\"message\":\"The engine is overloaded\"}};true",
                "{\"error\":{\"message\":\"slow down\",\"code\":429}};true",
                "{\"error\":{\"message\":\"spent\",\"code\":\"insufficient_quota\"}};false",
                "{\"error\":{\"message\":\"oops\",\"type\":\"server_error\"}};true",
                "{\"error\":{\"message\":\"oops\",\"code\":\"503\"}};true",
                "{\"error\":{\"message\":\"no\",\"status\":\"INVALID_ARGUMENT\"}};false",
                "{\"error\":{}};false",
                "{\"error\":true};true"
            })
    void onlyPassingErrorsAreAskedAgain(String payload, boolean again) {
        OddStream stream = events(CHAT, payload);
        assertEquals(again, stream.failed().retryable() && stream.failed().kind() != Kind.TRUNCATED, payload);
    }

    @Test
    void theProviderBehindAProviderIsNamed() {
        assertFails(
                "picture too large (Inlet)",
                events(
                        CHAT,
                        "{\"choices\":[{\"finish_reason\":\"error\"}],\"error\":{\"code\":400,\"message\":\"Provider returned error\","
                                + "\"metadata\":{\"provider_name\":\"Inlet\",\"raw\":\"{\\\"error\\\":{\\\"message\\\":\\\"picture too large\\\"}}\"}}}"));
    }

    @Test
    void aPageInsteadOfAnAnswerIsToldByItsTitle() {
        assertFails(
                "502 Bad Gateway",
                new OddStream(
                        CHAT, "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>nginx</body></html>\n"));
    }

    // Ends that are not normal

    @ParameterizedTest
    @CsvSource({
        "openai,content_filter,FILTER",
        "openai,length,LENGTH",
        "openai,model_length,CONTEXT",
        "openai,strange,OTHER",
        "openai,eos,NORMAL",
        "anthropic,refusal,REFUSAL",
        "anthropic,model_context_window_exceeded,CONTEXT",
        "anthropic,max_tokens,LENGTH",
        "anthropic,pause_turn,PAUSE",
        "gemini,SAFETY,FILTER",
        "gemini,RECITATION,RECITATION",
        "gemini,MAX_TOKENS,LENGTH",
        "gemini,BLOCKLIST,FILTER",
        "responses,content_filter,FILTER",
        "responses,max_output_tokens,LENGTH",
        "ollama,length,LENGTH",
        "agent,error_max_turns,PAUSE"
    })
    void everyReasonHasAMeaning(String dialect, String reason, Ending ending) {
        Delta.Finished finished =
                OddStream.ending(Dialects.named(dialect), reason).finished();
        assertEquals(reason, finished.reason());
        assertEquals(ending, finished.ending());
    }

    @Test
    void aCallThatWasNotWrittenAsOneFails() {
        for (String reason : List.of("MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL")) {
            Delta.Failed failed = assertFails(
                    "tried to call a tool", events(GEMINI, "{\"candidates\":[{\"finishReason\":\"" + reason + "\"}]}"));
            assertTrue(failed.retryable());
        }
    }

    @Test
    void aReasonThatIsAnErrorFails() {
        assertFails("“error”", events(CHAT, said("a"), STOP.replace("stop", "error")));
        assertEquals(Ending.NORMAL, OddStream.saying(AGENT, "x").finished().ending());
    }
}
