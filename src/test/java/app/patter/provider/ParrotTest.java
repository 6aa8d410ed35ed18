package app.patter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.http.HttpProvider;
import app.patter.provider.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example in {@code docs/providers.md} is true. */
class ParrotTest {

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LoopbackModel loopback = LoopbackModel.start();

    @AfterEach
    void stop() throws IOException {
        loopback.close();
        timer.shutdownNow();
        executor.shutdownNow();
    }

    private HttpProvider parrot() {
        Transport transport = new Transport(executor, timer, Duration.ofSeconds(10), Duration.ofSeconds(60));
        URI base = URI.create("http://127.0.0.1:" + loopback.port() + "/parrot/");
        return new HttpProvider(
                "parrot", "Parrot", base, "k", Origin.SETTINGS, new Parrot(), Duration.ofSeconds(10), transport);
    }

    private Recorder ask() {
        Recorder recorder = new Recorder();
        parrot().ask(new ChatRequest("polly", List.of(new ChatMessage(Role.USER, "Hello"))), recorder);
        return recorder.ended();
    }

    @Test
    void theExampleStandsInTheDocumentationWordForWord() throws IOException {
        String example = Files.readString(Path.of("src/test/java/app/patter/provider/Parrot.java"));
        String documented = Files.readString(Path.of("docs/providers.md"));
        assertTrue(documented.contains("```java\n" + example + "```"), "docs/providers.md must hold Parrot.java");
    }

    @Test
    void theExampleAnswers() {
        loopback.path("/parrot/repeat", answer -> answer.lines()
                .piece("{\"word\":\"Hello\"}\n{\"word\":\", hello!\"}\n{\"end\":\"done\",\"words\":2}\n")
                .end());
        assertEquals(
                List.of(
                        new Delta.Text("Hello"),
                        new Delta.Text(", hello!"),
                        new Delta.Usage(0, 2, 0, 0),
                        new Delta.Finished("done")),
                ask().deltas());
        LoopbackModel.Request request = loopback.requests().get(0);
        assertEquals("{\"bird\":\"polly\",\"said\":[\"Hello\"]}", request.body());
        assertEquals("Bearer k", request.headers().get("authorization"));
    }

    @Test
    void theExampleFailsLikeEveryOther() {
        loopback.path(
                "/parrot/repeat",
                answer -> answer.lines().piece("{\"word\":\"He\"}\n").cut());
        assertEquals(Kind.TRUNCATED, ask().failed().kind());
        loopback.path(
                "/parrot/repeat",
                answer -> answer.lines().piece("{\"error\":\"hoarse\"}\n").end());
        assertTrue(Recorder.words(ask().failed()).contains("hoarse"));
        loopback.path("/parrot/repeat", answer -> answer.lines().piece("kraa\n").end());
        assertEquals(Kind.GARBAGE, ask().failed().kind());
        loopback.path("/parrot/repeat", answer -> answer.status(404, "{\"error\":\"no such bird\"}"));
        assertEquals(Kind.UNKNOWN_MODEL, ask().failed().kind());
    }

    @Test
    void theExampleListsItsModels() {
        loopback.path("/parrot/models", answer -> answer.status(200, "{\"data\":[{\"id\":\"polly\"}]}"));
        assertEquals(List.of("polly"), parrot().models());
    }
}
