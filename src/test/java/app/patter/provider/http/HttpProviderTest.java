package app.patter.provider.http;

import static app.patter.provider.LoopbackModel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.Dialect;
import app.patter.provider.Ending;
import app.patter.provider.LoopbackModel;
import app.patter.provider.Origin;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import app.patter.provider.ProviderException;
import app.patter.provider.Recorder;
import app.patter.provider.SelfSigned;
import app.patter.provider.SteeredTime;
import app.patter.provider.dialect.OpenAiChat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProviderTest {

    private static final String KEY = "sk-very-secret-0123456789";
    private static final String QUESTION = "What is the airspeed of an unladen swallow?";

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(40);

    private static final Dialect CHAT = new OpenAiChat(OpenAiChat.Continuation.WORDS);

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SteeredTime time = new SteeredTime();
    private LoopbackModel loopback;
    private Transport transport;

    @BeforeEach
    void start() {
        loopback = LoopbackModel.start();
    }

    @AfterEach
    void stop() throws Exception {
        loopback.close();
        timer.shutdownNow();
        time.timer().shutdownNow();
        executor.shutdownNow();
    }

    private HttpProvider server(URI base) {
        return server(base, LONG);
    }

    private HttpProvider server(URI base, Duration listing) {
        transport = new Transport(executor, timer, LONG, LONG);
        return new HttpProvider("openai", "Test", base, KEY, Origin.SETTINGS, CHAT, listing, transport);
    }

    private HttpProvider server() {
        return server(loopback.base());
    }

    /** One whose silence lasts as long as the test says. */
    private HttpProvider serverInSteeredTime() {
        transport = new Transport(executor, time.timer(), LONG, IDLE, time);
        return new HttpProvider("openai", "Test", loopback.base(), KEY, Origin.SETTINGS, CHAT, LONG, transport);
    }

    private static ChatRequest prompt(String model) {
        return new ChatRequest(model, List.of(new ChatMessage(Role.USER, QUESTION)));
    }

    private static Recorder ask(HttpProvider server, String model) {
        Recorder recorder = new Recorder();
        server.ask(prompt(model), recorder);
        return recorder.ended();
    }

    @Test
    void anAnswerArrivesTokenByTokenAndThenItsUsageAndItsEnd() {
        List<Delta> deltas = ask(server(), "unthrottled-3").deltas();
        assertEquals(
                List.of(
                        new Delta.Text("word1 "),
                        new Delta.Text("word2 "),
                        new Delta.Text("word3 "),
                        new Delta.Usage(7, 3, 0, 0),
                        new Delta.Finished("stop")),
                deltas);
    }

    @Test
    void theRequestCarriesKeyModelAndMessagesAndNoUpgrade() {
        ask(server(), "unthrottled-1");
        LoopbackModel.Request request = loopback.requests().get(0);
        assertEquals("POST", request.method());
        assertEquals("/v1/chat/completions", request.path());
        assertEquals("Bearer " + KEY, request.headers().get("authorization"));
        assertFalse(request.headers().containsKey("upgrade"), "vLLM, Ollama and others break on h2c");
        assertEquals(
                "{\"model\":\"unthrottled-1\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"" + QUESTION + "\"}]}",
                request.body());
    }

    @Test
    void connectionsAreUsedAgain() {
        HttpProvider server = server();
        for (int i = 0; i < 5; i++) {
            ask(server, "unthrottled-10");
            await("the connection is idle again", () -> transport.busy() == 0);
            assertEquals(1, loopback.openConnections());
        }
        assertEquals(5, loopback.requests().size());
    }

    @Test
    void theModelsAreReadInTheServersOrder() {
        List<String> models = server().models();
        assertEquals("words-200-at-50", models.get(0));
        assertTrue(models.contains("error-401"));
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource({
        "blank-tokens,'a \n\n  b\t\r\nc'",
        "empty-tokens,ab",
        "split-utf8,'Grüße, 世界 🌍!'",
        "surrogates,'globe 🌍 and half \uFFFD!'",
        "no-done,'No done'",
        "no-finish,'No finish'",
        "reasoning,The answer."
    })
    void oddButValidStreamsAreUnderstood(String model, String text) {
        Recorder recorder = ask(server(), model);
        assertEquals(text, recorder.text());
        assertEquals(
                new Delta.Finished("stop"),
                recorder.deltas().get(recorder.deltas().size() - 1));
    }

    @Test
    void aBrokenPieceIsSaidButEndsNoAnswer() {
        Recorder recorder = ask(server(), "garbage");
        assertEquals("It never shown", recorder.text());
        assertEquals(
                new Delta.Finished("stop", Ending.GAP),
                recorder.deltas().get(recorder.deltas().size() - 1));
    }

    @Test
    void reasoningIsKeptApart() {
        assertEquals(
                "First I think.\nThen I answer.", ask(server(), "reasoning").reasoning());
    }

    @ParameterizedTest(name = "{0} fails as {1}")
    @CsvSource({
        "error-401,REFUSED_KEY,401,false,'',PATTER_MODEL_KEY",
        "error-429,RATE_LIMITED,429,true,'',Try again in 7 s",
        "error-500,SERVER,500,true,'',The engine exploded",
        "unheard-of,UNKNOWN_MODEL,404,false,'',unheard-of",
        "cut,TRUNCATED,0,true,'It was cut ',was cut in the middle",
        "reset,TRUNCATED,0,true,'It was reset ',was cut in the middle",
        "error-inside,SERVER,0,true,'It goes ',upstream exploded"
    })
    void everyFaultHasOneEndThatSaysWhatToDo(
            String model, Kind kind, int status, boolean retryable, String text, String saying) {
        Recorder recorder = ask(server(), model);
        Delta.Failed failed = recorder.failed();
        assertEquals(kind, failed.kind());
        assertEquals(status, failed.status());
        assertEquals(retryable, failed.retryable());
        assertEquals(text, recorder.text());
        assertTrue(Recorder.words(failed).contains(saying), Recorder.words(failed));
        assertFalse(Recorder.words(failed).contains("sk-"), Recorder.words(failed));
        assertEquals(model.equals("error-429") ? Duration.ofSeconds(7) : null, failed.retryAfter());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"never-answer,'',did not begin", "stall,'It stalls ',in the middle"})
    void silenceEndsTheCallAndTheConnection(String model, String text, String saying) {
        Recorder recorder = new Recorder();
        serverInSteeredTime().ask(prompt(model), recorder);
        await("the request has arrived", () -> !loopback.requests().isEmpty());
        await("all that comes is here", () -> recorder.text().equals(text));
        time.passes(IDLE.minusSeconds(1));
        assertFalse(recorder.hasEnded());
        await("it is silent", () -> {
            time.passes(IDLE.plusSeconds(1)); // again, for what came last may be on its way to the clock still
            return recorder.hasEnded();
        });
        Delta.Failed failed = recorder.failed();
        assertEquals(Kind.TIMEOUT, failed.kind());
        assertTrue(Recorder.words(failed).contains(saying), Recorder.words(failed));
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void aSlowAnswerIsNoSilence() {
        Semaphore goesOn = new Semaphore(0);
        loopback.script("slow", answer -> {
            answer.stream();
            for (int i = 0; i < 12; i++) {
                answer.text("x");
                goesOn.acquire();
            }
            answer.finish("stop").done();
        });
        Recorder recorder = new Recorder();
        serverInSteeredTime().ask(prompt("slow"), recorder);
        for (int i = 1; i <= 12; i++) {
            String text = "x".repeat(i);
            await("a token", () -> recorder.text().equals(text));
            time.passes(IDLE.dividedBy(2));
            assertFalse(recorder.hasEnded());
            goesOn.release();
        }
        assertEquals("x".repeat(12), recorder.ended().text());
    }

    @Test
    void aRefusedConnectionAndAnUnknownHostAreToldApart() throws Exception {
        int port = loopback.port();
        loopback.close();
        Delta.Failed refused = ask(server(URI.create("http://127.0.0.1:" + port + "/v1/")), "m")
                .failed();
        assertEquals(Kind.UNREACHABLE, refused.kind());
        assertTrue(Recorder.words(refused).contains("takes no connections"), Recorder.words(refused));

        Delta.Failed unknown =
                ask(server(URI.create("http://no-such-host.invalid/v1/")), "m").failed();
        assertEquals(Kind.UNREACHABLE, unknown.kind());
        assertTrue(Recorder.words(unknown).contains("no host named"), Recorder.words(unknown));
    }

    @Test
    void plainHttpAtAnHttpsAddressIsExplained() {
        URI https = URI.create("https://127.0.0.1:" + loopback.port() + "/v1/");
        Delta.Failed failed = ask(server(https), "m").failed();
        assertEquals(Kind.UNREACHABLE, failed.kind());
        assertTrue(Recorder.words(failed).contains("begin with http://"), Recorder.words(failed));
    }

    @Test
    void whatDoesNotSpeakHttpIsExplained() {
        loopback.script("ssh", answer -> answer.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        Delta.Failed failed = ask(server(), "ssh").failed();
        assertEquals(Kind.GARBAGE, failed.kind(), Recorder.words(failed));
        assertTrue(Recorder.words(failed).contains("does not speak HTTP"), Recorder.words(failed));
    }

    @Test
    void aCertificateThatNobodyTrustsIsExplained(@TempDir Path folder) throws IOException {
        try (SelfSigned tls = SelfSigned.start(folder)) {
            Delta.Failed failed = ask(server(tls.base()), "m").failed();
            assertEquals(Kind.UNREACHABLE, failed.kind());
            assertFalse(failed.retryable());
            assertTrue(Recorder.words(failed).contains("certificate"), Recorder.words(failed));
        }
    }

    @Test
    void aConnectionThatIsNeverTakenIsExplained() {
        Delta.Failed failed = new ProviderErrors("host:1", null, Origin.SETTINGS, CHAT)
                .network()
                .of(new HttpConnectTimeoutException("x"), false, Duration.ofSeconds(10));
        assertEquals(Kind.TIMEOUT, failed.kind());
        assertTrue(Recorder.words(failed).contains("took no connection within 10 s"), Recorder.words(failed));
    }

    @Test
    void aWebPageInsteadOfAStreamIsExplained() {
        loopback.script("portal", answer -> answer.head("200 OK", "text/html", "Content-Length: 6")
                .raw("<html>"));
        Delta.Failed failed = ask(server(), "portal").failed();
        assertEquals(Kind.GARBAGE, failed.kind());
        assertTrue(Recorder.words(failed).contains("/v1"), Recorder.words(failed));
    }

    @Test
    void aRedirectIsNotFollowedWithTheKey() {
        loopback.script(
                "moved",
                answer -> answer.head(
                        "301 Moved",
                        "",
                        "Location: http://127.0.0.1:" + loopback.port() + "/elsewhere",
                        "Content-Length: 0"));
        Delta.Failed failed = ask(server(), "moved").failed();
        assertEquals(Kind.REQUEST, failed.kind());
        assertEquals(1, loopback.requests().size());
    }

    @Test
    void aServerThatIgnoresStreamingIsUnderstoodToo() {
        loopback.script(
                "whole",
                answer -> answer.status(
                        200,
                        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"All at once\"},"
                                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":3}}"));
        assertEquals(
                List.of(new Delta.Text("All at once"), new Delta.Usage(1, 3, 0, 0), new Delta.Finished("stop")),
                ask(server(), "whole").deltas());
    }

    @Test
    void anErrorWithStatus200IsAFailure() {
        loopback.script(
                "ok-error", answer -> answer.status(200, "{\"error\":{\"message\":\"overloaded\",\"code\":503}}"));
        Delta.Failed failed = ask(server(), "ok-error").failed();
        assertEquals(Kind.SERVER, failed.kind());
        assertEquals(503, failed.status());
    }

    @Test
    void anEndlessErrorBodyIsReadUpToABound() {
        loopback.script("chatty", answer -> {
            answer.head("500 Error", "text/plain");
            byte[] block = "x".repeat(10_000).getBytes();
            while (true) {
                answer.piece(block);
            }
        });
        assertEquals(Kind.SERVER, ask(server(), "chatty").failed().kind());
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void anErrorNeitherShowsTheKeyNorThePrompt() {
        loopback.script(
                "echo",
                answer -> answer.status(
                        400, "{\"error\":{\"message\":\"bad input: " + QUESTION + " with " + KEY + "\"}}"));
        Delta.Failed failed = ask(server(), "echo").failed();
        assertEquals(Kind.REQUEST, failed.kind());
        assertFalse(Recorder.words(failed).contains("swallow"), Recorder.words(failed));
        assertFalse(Recorder.words(failed).contains(KEY), Recorder.words(failed));
    }

    @Test
    void aFinishedAnswerStaysFinishedWhenTheConnectionIsThenCut() {
        loopback.script(
                "late-cut", answer -> answer.stream().text("all").finish("stop").cut());
        Recorder recorder = ask(server(), "late-cut");
        assertEquals(List.of(new Delta.Text("all"), new Delta.Finished("stop")), recorder.deltas());
    }

    @Test
    void aServerThatNeverEndsTheStreamAfterDoneIsLeft() {
        loopback.script("lingering", answer -> {
            answer.stream().text("all").finish("stop").piece("data: [DONE]\n\n");
            answer.untilClosed();
        });
        ask(server(), "lingering");
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void anAnswerThatIsCompleteNeedsNoEndOfItsStream() {
        loopback.script("holding", answer -> {
            answer.stream().text("all").finish("stop");
            answer.untilClosed();
        });
        Recorder recorder = new Recorder();
        serverInSteeredTime().ask(prompt("holding"), recorder);
        await("all that comes is here", () -> recorder.text().equals("all"));
        await("it is complete", () -> {
            time.passes(Duration.ofSeconds(1)); // far less than a silence
            return recorder.hasEnded();
        });
        assertEquals(List.of(new Delta.Text("all"), new Delta.Finished("stop")), recorder.deltas());
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void countsAfterTheFinishReasonAreWaitedFor() {
        Semaphore goesOn = new Semaphore(0);
        loopback.script("counting", answer -> {
            answer.stream().text("all").finish("stop");
            goesOn.acquire();
            answer.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}")
                    .done();
        });
        Recorder recorder = new Recorder();
        serverInSteeredTime().ask(prompt("counting"), recorder);
        await("all that comes is here", () -> recorder.text().equals("all"));
        goesOn.release();
        assertTrue(recorder.ended().deltas().contains(new Delta.Usage(1, 2, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/octet-stream", ""})
    void aStreamMayBeLabelledAsSomethingElse(String type) {
        loopback.script("labelled", answer -> answer.head("200 OK", type, "Connection: close")
                .text("all")
                .finish("stop")
                .done());
        assertEquals(
                List.of(new Delta.Text("all"), new Delta.Finished("stop")),
                ask(server(), "labelled").deltas());
    }

    @Test
    void compressedAnswersListsAndErrorsAreRead() throws IOException {
        byte[] answered =
                gzip("data: {\"choices\":[{\"delta\":{\"content\":\"all\"},\"finish_reason\":\"stop\"}]}\n\n");
        loopback.script("packed", answer -> answer.stream("Content-Encoding: gzip")
                .piece(Arrays.copyOf(answered, 30))
                .piece(Arrays.copyOfRange(answered, 30, answered.length))
                .end());
        assertEquals(
                List.of(new Delta.Text("all"), new Delta.Finished("stop")),
                ask(server(), "packed").deltas());

        byte[] refused = gzip("{\"error\":{\"message\":\"tide too low\"}}");
        loopback.script("refusing", answer -> answer.head(
                        "400 Bad", "application/json", "Content-Encoding: gzip", "Content-Length: " + refused.length)
                .piece(refused));
        assertTrue(Recorder.words(ask(server(), "refusing").failed()).contains("tide too low"));

        byte[] list = gzip("{\"data\":[{\"id\":\"kelp\"}]}");
        loopback.models(answer -> answer.head(
                        "200 OK", "application/json", "Content-Encoding: gzip", "Content-Length: " + list.length)
                .piece(list));
        assertEquals(List.of("kelp"), server().models());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void stopBeforeTheServerAnswersClosesTheConnection() {
        Recorder recorder = new Recorder();
        Provider.Call call = server().ask(prompt("never-answer"), recorder);
        await("the request has arrived", () -> !loopback.requests().isEmpty());
        call.cancel();
        assertEquals(Kind.CANCELLED, recorder.failed().kind());
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void stopAtOnceIsStopAsWell() {
        HttpProvider server = server();
        for (int i = 0; i < 50; i++) {
            Recorder recorder = new Recorder();
            server.ask(prompt("never-answer"), recorder).cancel();
            assertEquals(Kind.CANCELLED, recorder.failed().kind());
        }
        await("all connections are closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void stopInTheMiddleKeepsTheTextAndIsReportedOnce() {
        Recorder recorder = new Recorder();
        Provider.Call call = server().ask(prompt("stall"), recorder);
        await("the text is here", () -> recorder.text().equals("It stalls "));
        call.cancel();
        call.cancel();
        assertEquals(
                List.of(new Delta.Text("It "), new Delta.Text("stalls "), ProviderErrors.cancelled()),
                recorder.ended().deltas());
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void stopAfterTheEndChangesNothing() {
        Recorder recorder = new Recorder();
        Provider.Call call = server().ask(prompt("unthrottled-2"), recorder);
        List<Delta> before = recorder.ended().deltas();
        call.cancel();
        assertEquals(before, recorder.ended().deltas());
    }

    @Test
    void theReceiverMayStopTheCallItself() {
        AtomicReference<Provider.Call> call = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        Recorder recorder = new Recorder() {
            @Override
            public void accept(Delta delta) {
                super.accept(delta);
                if (delta instanceof Delta.Text && deltas().size() == 10) {
                    await("the call is known", () -> known.getCount() == 0);
                    call.get().cancel();
                }
            }
        };
        call.set(server().ask(prompt("unthrottled-100000"), recorder));
        known.countDown();
        recorder.ended();
        assertEquals(11, recorder.deltas().size());
        assertEquals(Kind.CANCELLED, recorder.failed().kind());
    }

    @Test
    void stopAtRandomMomentsAlwaysEndsOnce() {
        HttpProvider server = server();
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Recorder recorder = new Recorder();
            Provider.Call call = server.ask(prompt("unthrottled-300"), recorder);
            int after = i;
            LoopbackModel.await("some deltas", () -> recorder.deltas().size() >= after || recorder.hasEnded());
            call.cancel();
            recorders.add(recorder.ended());
        }
        recorders.forEach(Recorder::ended);
    }

    @Test
    void aFullReceiverSlowsTheServerDownAndLosesNothing() {
        int count = 20_000; // of a kilobyte each: far more than sockets hold
        String rest = "x".repeat(1_000);
        Map<Integer, Integer> sent = new ConcurrentHashMap<>();
        AtomicInteger asked = new AtomicInteger();
        loopback.script("flood", answer -> {
            int number = asked.getAndIncrement();
            answer.stream();
            for (int i = 0; i < count; i++) {
                answer.text("t" + i + rest);
                sent.merge(number, 1, Integer::sum);
            }
            answer.finish("stop").done();
        });
        AtomicReference<Runnable> held = new AtomicReference<>();
        AtomicReference<Boolean> full = new AtomicReference<>(true);
        Recorder recorder = new Recorder() {
            @Override
            public void whenReady(Runnable next) {
                if (full.get()) {
                    held.set(next);
                } else {
                    next.run();
                }
            }
        };
        HttpProvider server = serverInSteeredTime();
        server.ask(prompt("flood"), recorder);
        await("the first chunk", () -> held.get() != null);
        // As long an answer, asked later, comes whole meanwhile; and our own pause is not the server's silence.
        String other = ask(server, "flood").text();
        Recorder silent = new Recorder();
        server.ask(prompt("never-answer"), silent);
        time.passes(IDLE.multipliedBy(2));
        assertEquals(Kind.TIMEOUT, silent.failed().kind());
        assertFalse(recorder.hasEnded());
        assertTrue(sent.get(0) < count, "the server could send everything");
        full.set(false);
        held.get().run();
        String text = recorder.ended().text();
        assertEquals(other, text);
        assertEquals(
                new Delta.Finished("stop"),
                recorder.deltas().get(recorder.deltas().size() - 1));
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < count; i++) {
            expected.append("t").append(i).append(rest);
        }
        assertEquals(expected.toString(), text);
    }

    @Test
    void aReceiverThatThrowsEndsTheCall() {
        Recorder recorder = new Recorder() {
            @Override
            public void accept(Delta delta) {
                super.accept(delta);
                if (delta instanceof Delta.Text) {
                    throw new IllegalStateException("a broken receiver, for the test");
                }
            }
        };
        server().ask(prompt("unthrottled-100000"), recorder);
        assertTrue(Recorder.words(recorder.failed()).contains("could not take in"));
        assertEquals(2, recorder.deltas().size());
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void twoHundredStreamsNeedNoThreadsOfTheirOwn() {
        HttpProvider server = server();
        ask(server, "unthrottled-1");
        long before = ownThreads();
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Recorder recorder = new Recorder();
            server.ask(prompt("words-20-at-100"), recorder);
            recorders.add(recorder);
        }
        long more = ownThreads() - before;
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            expected.append("word").append(i).append(' ');
        }
        for (Recorder recorder : recorders) {
            assertEquals(expected.toString(), recorder.ended().text(), () -> "it ended as " + recorder.deltas());
        }
        assertTrue(more < 10, more + " more threads");
    }

    private static long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("loopback"))
                .count();
    }

    @Test
    void aListThatIsNoneIsRefused() {
        for (String json : List.of(
                "[]",
                "{}",
                "{\"data\":{}}",
                "{\"data\":[1]}",
                "{\"data\":[{\"id\":1}]}",
                "{\"data\":[{}]}",
                "<html>",
                "{")) {
            loopback.models(answer -> answer.status(200, json));
            ProviderException e = assertThrows(ProviderException.class, () -> server().models(), json);
            assertEquals(Kind.GARBAGE, e.failed().kind());
        }
    }

    @Test
    void aListThatNeverComesIsNotWaitedForLong() {
        loopback.models(answer -> {
            answer.head("200 OK", "application/json", "Content-Length: 100").raw("{\"data\":[");
            answer.untilClosed();
        });
        HttpProvider server = server(loopback.base(), Duration.ofMillis(500));
        ProviderException e = assertThrows(ProviderException.class, server::models);
        assertEquals(Kind.TIMEOUT, e.failed().kind());
        await("the connection is closed", () -> loopback.openConnections() == 0);
    }

    @Test
    void aRefusedKeyIsReportedByTheListToo() {
        loopback.models(answer -> answer.status(401, "{}"));
        ProviderException e = assertThrows(ProviderException.class, () -> server().models());
        assertEquals(Kind.REFUSED_KEY, e.failed().kind());
        assertNull(e.failed().retryAfter());
    }
}
