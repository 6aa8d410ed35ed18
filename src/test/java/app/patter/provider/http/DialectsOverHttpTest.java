package app.patter.provider.http;

import static app.patter.provider.LoopbackModel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.config.Settings;
import app.patter.model.ModelRegistry;
import app.patter.model.Payer;
import app.patter.provider.ChatRequest;
import app.patter.provider.Conversation;
import app.patter.provider.Delta;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.Dialect;
import app.patter.provider.LoopbackModel;
import app.patter.provider.Origin;
import app.patter.provider.Provider;
import app.patter.provider.ProviderException;
import app.patter.provider.Recorder;
import app.patter.provider.Sample;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every dialect, from the socket to the deltas. */
class DialectsOverHttpTest {

    private static final String KEY = "k3y-0123456789";
    private static final String QUESTION = "What is the airspeed of an unladen swallow?";

    /** Where a provider's server is asked, what it sends, and what it says when it refuses. */
    enum Place {
        OPENAI(
                "openai-tools.sse",
                "/v1/",
                "/v1/chat/completions",
                "/v1/models",
                "{\"data\":[{\"id\":\"m\"}]}",
                "authorization: Bearer " + KEY,
                "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"),
        RESPONSES(
                "responses-tools.sse",
                "/v1/",
                "/v1/responses",
                "/v1/models",
                "{\"data\":[{\"id\":\"m\"}]}",
                "authorization: Bearer " + KEY,
                "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\"}}"),
        ANTHROPIC(
                "anthropic-thinking-tools.sse",
                "/v1/",
                "/v1/messages",
                "/v1/models?limit=1000",
                "{\"data\":[{\"type\":\"model\",\"id\":\"m\",\"display_name\":\"M\"}],\"has_more\":false}",
                "x-api-key: " + KEY,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"%s\"},\"request_id\":\"r\"}"),
        GEMINI(
                "gemini-tools.sse",
                "/v1beta/",
                "/v1beta/models/m:streamGenerateContent?alt=sse",
                "/v1beta/models?pageSize=1000",
                "{\"models\":[{\"name\":\"models/m\",\"supportedGenerationMethods\":[\"generateContent\"]}]}",
                "x-goog-api-key: " + KEY,
                "[{\"error\":{\"code\":400,\"message\":\"%s\",\"status\":\"INVALID_ARGUMENT\"}}]"),
        OLLAMA(
                "ollama-thinking-tools.jsonl",
                "/api/",
                "/api/chat",
                "/api/tags",
                "{\"models\":[{\"name\":\"m\"}]}",
                "authorization: Bearer " + KEY,
                "{\"error\":\"%s\"}"),
        AGENT(
                "agent-partial.jsonl",
                "/agent/",
                "/agent/messages",
                "/agent/models",
                "{\"data\":[{\"id\":\"m\"}]}",
                "authorization: Bearer " + KEY,
                "{\"detail\":\"%s\"}");

        private final String sample;
        private final String base;
        private final String path;
        private final String listPath;
        private final String list;
        private final String header;
        private final String error;

        Place(String sample, String base, String path, String listPath, String list, String header, String error) {
            this.sample = sample;
            this.base = base;
            this.path = path;
            this.listPath = listPath;
            this.list = list;
            this.header = header;
            this.error = error;
        }

        Sample sample() {
            return Sample.of(sample);
        }

        /** Sends the head of a stream as this provider does. */
        LoopbackModel.Answer begin(LoopbackModel.Answer answer, String... headers) throws IOException {
            if (sample().framing() == Dialect.Framing.EVENTS) {
                return answer.stream(headers);
            }
            return answer.lines(headers);
        }

        /** The first half of the sample's bytes. */
        byte[] half() {
            byte[] bytes = sample().bytes();
            return Arrays.copyOf(bytes, bytes.length / 2);
        }
    }

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private LoopbackModel loopback;
    private Transport transport;

    @BeforeEach
    void start() {
        loopback = LoopbackModel.start();
    }

    @AfterEach
    void stop() throws IOException {
        loopback.close();
        timer.shutdownNow();
        executor.shutdownNow();
    }

    private HttpProvider server(Place place, Duration idle) {
        transport = new Transport(executor, timer, Duration.ofSeconds(60), idle);
        URI base = URI.create("http://127.0.0.1:" + loopback.port() + place.base);
        return new HttpProvider(
                "test",
                "Test",
                base,
                KEY,
                Origin.SETTINGS,
                place.sample().dialect(),
                Duration.ofSeconds(60),
                transport);
    }

    private static ChatRequest prompt() {
        return new ChatRequest("m", List.of(new ChatMessage(Role.USER, QUESTION)));
    }

    private Recorder ask(Place place) {
        Recorder recorder = new Recorder();
        server(place, Duration.ofSeconds(60)).ask(prompt(), recorder);
        return recorder.ended();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerArrivesWithTheNameThatSupportKnowsItBy(Place place) {
        loopback.path(place.path, answer -> place.begin(answer, "request-id: req_011")
                .piece(place.sample().bytes())
                .end());
        String dialect = place.sample().dialect().name();
        String told = place.sample()
                .told()
                .replace("patter_1_", "patter_" + prompt().mark() + "_")
                .replace("test/" + dialect + "/m", dialect + " 127.0.0.1:" + loopback.port() + " m");
        assertEquals("identified req_011\n" + told, Sample.told(ask(place).deltas()));

        LoopbackModel.Request request = loopback.requests().get(0);
        assertEquals("POST", request.method());
        assertEquals("application/json", request.headers().get("content-type"));
        int colon = place.header.indexOf(':');
        assertEquals(place.header.substring(colon + 2), request.headers().get(place.header.substring(0, colon)));
        assertFalse(request.headers().containsKey("upgrade"), "local servers break on h2c");
        assertTrue(request.body().contains(QUESTION));
    }

    @ParameterizedTest
    @EnumSource
    void itsModelsAreListed(Place place) {
        loopback.path(place.listPath, answer -> answer.status(200, place.list));
        assertEquals(List.of("m"), server(place, Duration.ofSeconds(60)).models());
        for (String none : List.of("{}", "[]", "{\"data\":7,\"models\":7}", "<html>", "{")) {
            loopback.path(place.listPath, answer -> answer.status(200, none));
            ProviderException e = assertThrows(ProviderException.class, () -> server(place, Duration.ofSeconds(60))
                    .models());
            assertEquals(Kind.GARBAGE, e.failed().kind());
            String words = Recorder.words(e.failed());
            assertTrue(words.matches(".* is the address of an? \\w.*"), words);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalSpeaksButNeitherShowsTheKeyNorThePrompt(Place place) {
        loopback.path(place.path, answer -> answer.status(400, place.error.formatted("max_tokens is too large")));
        Delta.Failed failed = ask(place).failed();
        assertEquals(Kind.REQUEST, failed.kind());
        assertEquals(400, failed.status());
        assertTrue(Recorder.words(failed).contains("“max_tokens is too large”"), Recorder.words(failed));

        loopback.path(place.path, answer -> answer.status(400, place.error.formatted(QUESTION + " " + KEY)));
        Delta.Failed echo = ask(place).failed();
        assertFalse(Recorder.words(echo).contains("swallow"), Recorder.words(echo));
        assertFalse(Recorder.words(echo).contains(KEY), Recorder.words(echo));
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyATooFastClientAndAMissingModelAreToldApart(Place place) {
        loopback.path(place.path, answer -> answer.status(401, place.error.formatted("bad key")));
        assertEquals(Kind.REFUSED_KEY, ask(place).failed().kind());
        loopback.path(place.path, answer -> answer.status(404, place.error.formatted("no such model")));
        assertEquals(Kind.UNKNOWN_MODEL, ask(place).failed().kind());
        loopback.path(place.path, answer -> answer.head(
                        "429 Too Many Requests", "application/json", "Retry-After: 3", "Content-Length: 2")
                .raw("{}"));
        Delta.Failed tooFast = ask(place).failed();
        assertEquals(Kind.RATE_LIMITED, tooFast.kind());
        assertEquals(Duration.ofSeconds(3), tooFast.retryAfter());
    }

    @ParameterizedTest
    @EnumSource
    void silenceACutAndAnEarlyEndHaveOneEndEach(Place place) {
        loopback.path(place.path, answer -> place.begin(answer).untilClosed());
        Recorder silent = new Recorder();
        server(place, Duration.ofMillis(150)).ask(prompt(), silent);
        assertEquals(Kind.TIMEOUT, silent.failed().kind());
        await("the connection is closed", () -> loopback.openConnections() == 0);

        loopback.path(
                place.path,
                answer -> place.begin(answer).piece(place.half()).pause(20).cut());
        assertEquals(Kind.TRUNCATED, ask(place).failed().kind());

        loopback.path(place.path, answer -> place.begin(answer).end());
        assertEquals(Kind.TRUNCATED, ask(place).failed().kind());
    }

    @ParameterizedTest
    @EnumSource
    void stopClosesTheConnectionBeforeAndInTheMiddleOfTheAnswer(Place place) {
        loopback.path(place.path, LoopbackModel.Answer::untilClosed);
        Recorder early = new Recorder();
        Provider.Call call = server(place, Duration.ofSeconds(60)).ask(prompt(), early);
        await("the request has arrived", () -> !loopback.requests().isEmpty());
        call.cancel();
        assertEquals(Kind.CANCELLED, early.failed().kind());
        await("the connection is closed", () -> loopback.openConnections() == 0);

        loopback.path(place.path, answer -> place.begin(answer, "x-request-id: r")
                .piece(lines(place.half()))
                .untilClosed());
        Recorder late = new Recorder();
        call = server(place, Duration.ofSeconds(60)).ask(prompt(), late);
        await("something has come", () -> !late.deltas().isEmpty());
        call.cancel();
        assertEquals(Kind.CANCELLED, late.failed().kind());
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    /** Up to the last whole line, so that nothing is malformed. */
    private static byte[] lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.lastIndexOf('\n') + 1).getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource
    void connectionsAreUsedAgain(Place place) {
        loopback.path(
                place.path,
                answer -> place.begin(answer).piece(place.sample().bytes()).end());
        HttpProvider server = server(place, Duration.ofSeconds(60));
        for (int i = 0; i < 4; i++) {
            Recorder recorder = new Recorder();
            server.ask(prompt(), recorder);
            recorder.ended();
            await("the connection is idle again", () -> transport.busy() == 0);
            assertEquals(1, loopback.openConnections());
        }
    }

    @Test
    void aWrongKeyIsToldFromAWrongRequestAtGeminiToo() {
        loopback.path(
                Place.GEMINI.path,
                answer -> answer.status(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API"
                                + " key.\",\"status\":"
                                + "\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}"));
        Delta.Failed failed = ask(Place.GEMINI).failed();
        assertEquals(Kind.REFUSED_KEY, failed.kind());
        assertTrue(Recorder.words(failed).contains("PATTER_MODEL_KEY"), Recorder.words(failed));
    }

    @Test
    void aKeyThatMayNotDoThisIsToldInTheProvidersWords() {
        loopback.path(
                Place.OPENAI.path,
                answer -> answer.status(403, "{\"error\":{\"message\":\"Your country is not supported.\"}}"));
        Delta.Failed failed = ask(Place.OPENAI).failed();
        assertEquals(Kind.REFUSED_KEY, failed.kind());
        assertTrue(Recorder.words(failed).contains("Your country is not supported"), Recorder.words(failed));
        assertFalse(Recorder.words(failed).contains("refused the key"), Recorder.words(failed));
    }

    @Test
    void anAgentMaySendEventsAndAnythingMaySendLines() {
        Sample events = Sample.of("agent-whole.sse");
        loopback.path(
                Place.AGENT.path,
                answer -> answer.stream().piece(events.bytes()).end());
        assertEquals(events.read(), ask(Place.AGENT).deltas());

        loopback.path(Place.OPENAI.path, answer -> answer.lines()
                .piece("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}")
                .end());
        assertEquals(
                List.of(new Delta.Text("Hi"), new Delta.Finished("stop")),
                ask(Place.OPENAI).deltas());
    }

    @Test
    void anAnswersOwnFormComesBackWithTheNextQuestion() {
        loopback.path(Place.ANTHROPIC.path, answer -> answer.stream()
                .piece(Place.ANTHROPIC.sample().bytes())
                .end());
        HttpProvider server = server(Place.ANTHROPIC, Duration.ofSeconds(60));
        Recorder first = new Recorder();
        server.ask(prompt(), first);
        ProviderMessage original = first.ended().deltas().stream()
                .filter(Delta.Original.class::isInstance)
                .map(delta -> ((Delta.Original) delta).message())
                .findFirst()
                .orElseThrow();
        ChatMessage answered = new ChatMessage(Role.ASSISTANT, "I'll check both.", List.of(), List.of(), original);
        Recorder second = new Recorder();
        server.ask(
                new ChatRequest(
                        "m",
                        List.of(new ChatMessage(Role.USER, QUESTION), answered, new ChatMessage(Role.USER, "And?"))),
                second);
        second.ended();
        assertTrue(loopback.requests()
                .get(1)
                .body()
                .contains("{\"role\":\"assistant\",\"content\":" + original.json() + "}"));

        Recorder other = new Recorder();
        server.ask(
                new ChatRequest(
                        "n",
                        List.of(new ChatMessage(Role.USER, QUESTION), answered, new ChatMessage(Role.USER, "And?"))),
                other);
        other.ended();
        assertFalse(loopback.requests().get(2).body().contains("EqQBCgIYAhIM"));
    }

    @Test
    void theDialectIsChosenInTheSettings() {
        loopback.path(Place.ANTHROPIC.listPath, answer -> answer.status(200, Place.ANTHROPIC.list));
        loopback.path(Place.ANTHROPIC.path, answer -> answer.stream()
                .piece(Sample.of("anthropic-text.sse").bytes())
                .end());
        Map<String, String> environment = Map.of(
                "PATTER_MODEL_URL",
                loopback.base().toString(),
                "PATTER_MODEL_API",
                "anthropic",
                "PATTER_MODEL_REASONING",
                "on",
                "PATTER_MODEL_KEY",
                KEY);
        ModelRegistry models = new ModelRegistry(
                new Settings(environment::get, name -> null), executor, List::of, List.of(), System::nanoTime);
        await("the list", () -> models.preferred().id().equals("openai/m"));
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "openai/m", prompt().messages(), recorder);
        assertEquals("Hallo, 世界!\n ", recorder.ended().text());
        Recorder withTools = new Recorder();
        models.ask(Payer.operator(), "openai/m", prompt().messages(), List.of(Conversation.NOW), withTools);
        withTools.ended();
        LoopbackModel.Request last = loopback.requests().get(loopback.requests().size() - 1);
        assertTrue(last.body().contains("\"thinking\":{"), last.body());
        assertTrue(last.body().contains("\"tools\":[{\"name\":\"now\""), last.body());
        models.close();
    }
}
