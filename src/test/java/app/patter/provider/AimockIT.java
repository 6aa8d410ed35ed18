package app.patter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.chat.ToolSpec;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.dialect.Dialects;
import app.patter.provider.http.HttpProvider;
import app.patter.provider.http.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every dialect of a provider against {@linkplain Aimock an emulator} that no one here wrote. */
class AimockIT {

    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(4);
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();
    private static Aimock aimock;

    /** What it emulates, and the words with which each ends an answer and asks for tools. */
    enum Api {
        OPENAI("openai", "/v1/", "o4-mini", "stop", "tool_calls"),
        RESPONSES("responses", "/v1/", "o4-mini", "completed", "completed"),
        ANTHROPIC("anthropic", "/v1/", "claude-sonnet-4-20250514", "end_turn", "tool_use"),
        GEMINI("gemini", "/v1beta/", "gemini-2.5-flash", "STOP", "FUNCTION_CALL"),
        OLLAMA("ollama", "/api/", "qwen3", "stop", "stop");

        private final String dialect;
        private final String base;
        private final String model;
        private final String end;
        private final String tools;

        Api(String dialect, String base, String model, String end, String tools) {
            this.dialect = dialect;
            this.base = base;
            this.model = model;
            this.end = end;
            this.tools = tools;
        }

        HttpProvider server() {
            Transport transport = new Transport(EXECUTOR, TIMER, Duration.ofSeconds(10), Duration.ofSeconds(20));
            return new HttpProvider(
                    "aimock",
                    "aimock",
                    aimock.address(base),
                    "a-key",
                    Origin.SETTINGS,
                    Dialects.named(dialect),
                    Duration.ofSeconds(10),
                    transport);
        }

        Recorder ask(List<ChatMessage> messages, List<ToolSpec> tools) {
            Recorder recorder = new Recorder();
            server().ask(new ChatRequest(model, messages, tools, true), recorder);
            return recorder.ended();
        }

        Recorder ask(String question) {
            return ask(List.of(new ChatMessage(Role.USER, question)), List.of());
        }
    }

    @BeforeAll
    static void start() {
        aimock = Aimock.start();
    }

    @AfterAll
    static void stop() {
        if (aimock != null) {
            aimock.close();
        }
        TIMER.shutdownNow();
        EXECUTOR.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerArrivesWhole(Api provider) {
        Recorder recorder = provider.ask("say something");
        assertEquals("Grüße, 世界! 🌍 And a second sentence, so that it streams.\n\n- one\n- two", recorder.text());
        List<Delta> deltas = recorder.deltas();
        assertInstanceOf(Delta.RequestId.class, deltas.get(0));
        assertTrue(deltas.stream().filter(Delta.Text.class::isInstance).count() > 2, "it streams");
        assertEquals(new Delta.Finished(provider.end), deltas.get(deltas.size() - 1));
    }

    @ParameterizedTest
    @EnumSource
    void reasoningIsKeptApart(Api provider) {
        Recorder recorder = provider.ask("think first");
        assertEquals("Let me think about it for a while.", recorder.reasoning());
        assertEquals("Four.", recorder.text());
    }

    @ParameterizedTest
    @EnumSource
    void twoToolsAreCalledAndTheirResultsLeadToTheAnswer(Api provider) {
        List<ChatMessage> messages = new ArrayList<>(List.of(new ChatMessage(Role.USER, "two tools")));
        List<ToolSpec> tools = List.of(Conversation.WEATHER, Conversation.NOW);
        Recorder first = provider.ask(messages, tools);
        assertEquals("Looking both up.", first.text());
        assertEquals(
                new Delta.Finished(provider.tools),
                first.deltas().get(first.deltas().size() - 1));
        List<ToolCall> calls = first.deltas().stream()
                .filter(Delta.ToolReady.class::isInstance)
                .map(delta -> ((Delta.ToolReady) delta).call())
                .toList();
        assertEquals(
                List.of("get_weather", "now"),
                calls.stream().map(ToolCall::name).toList());
        assertEquals(
                List.of("{\"city\":\"Köln\"}", "{}"),
                calls.stream().map(ToolCall::arguments).toList());

        messages.add(new ChatMessage(Role.ASSISTANT, first.text(), calls, List.of(), null));
        messages.add(ChatMessage.of(calls.stream()
                .map(call -> new ToolResult(call.id(), call.name(), "dry", false))
                .toList()));
        assertEquals("It is dry.", provider.ask(messages, tools).text());
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "RESPONSES", "ANTHROPIC", "OLLAMA"})
    void whatWasThoughtBeforeACallGoesBackInTheProvidersOwnForm(Api provider) {
        List<ChatMessage> messages = new ArrayList<>(List.of(new ChatMessage(Role.USER, "think and call")));
        List<ToolSpec> tools = List.of(Conversation.NOW);
        Recorder first = provider.ask(messages, tools);
        assertEquals("I need the time.", first.reasoning());
        ProviderMessage original = only(first, Delta.Original.class).message();
        ToolCall call = only(first, Delta.ToolReady.class).call();
        messages.add(new ChatMessage(Role.ASSISTANT, first.text(), List.of(call), List.of(), original));
        messages.add(ChatMessage.of(List.of(new ToolResult(call.id(), call.name(), "12:00", false))));
        assertEquals("It is noon.", provider.ask(messages, tools).text());
    }

    private static <T extends Delta> T only(Recorder recorder, Class<T> type) {
        List<T> found = recorder.deltas().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        assertEquals(1, found.size(), () -> "deltas of " + type);
        return found.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void aRateLimitSaysHowLongToWait(Api provider) {
        Delta.Failed failed = provider.ask("too much").failed();
        assertEquals(Kind.RATE_LIMITED, failed.kind(), Recorder.words(failed));
        assertTrue(Recorder.words(failed).contains("Slow down please"), Recorder.words(failed));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatBreaksOffIsTruncated(Api provider) {
        Recorder recorder = provider.ask("break off");
        assertEquals(Kind.TRUNCATED, recorder.failed().kind());
        assertTrue("This answer is longer than what will arrive of it".startsWith(recorder.text()), recorder.text());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "OPENAI,drop this,SERVER", "OPENAI,send garbage,GARBAGE", "OPENAI,hang up,UNREACHABLE",
        "RESPONSES,drop this,SERVER", "RESPONSES,send garbage,GARBAGE", "RESPONSES,hang up,UNREACHABLE",
        "ANTHROPIC,drop this,SERVER", "ANTHROPIC,send garbage,GARBAGE", "ANTHROPIC,hang up,UNREACHABLE",
        "GEMINI,drop this,SERVER", "GEMINI,send garbage,GARBAGE", "GEMINI,hang up,UNREACHABLE",
        "OLLAMA,drop this,SERVER", "OLLAMA,send garbage,GARBAGE", "OLLAMA,hang up,UNREACHABLE"
    })
    void everyFaultHasOneEndOfItsKind(Api provider, String question, Kind kind) {
        Recorder recorder = provider.ask(question);
        assertEquals(kind, recorder.failed().kind(), Recorder.words(recorder.failed()));
        assertEquals("", recorder.text());
    }

    @ParameterizedTest
    @EnumSource
    void stopInTheMiddleIsStop(Api provider) {
        Recorder recorder = new Recorder();
        Provider.Call call = provider.server()
                .ask(new ChatRequest(provider.model, List.of(new ChatMessage(Role.USER, "be slow"))), recorder);
        LoopbackModel.await("some text", () -> !recorder.text().isEmpty());
        call.cancel();
        assertEquals(Kind.CANCELLED, recorder.failed().kind());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GEMINI") // it has no such list
    void itsModelsAreListed(Api provider) {
        assertTrue(provider.server().models().contains("gpt-4o"));
    }
}
