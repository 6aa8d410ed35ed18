package app.patter.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimedQueryTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<String> database = new CompletableFuture<>();
    private final AtomicInteger asked = new AtomicInteger();

    private final TimedQuery<String> question = new TimedQuery<>(
            () -> {
                asked.incrementAndGet();
                return database.join();
            },
            threads,
            20);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whoGetsNoAnswerWaitsNoLongerAndNoThreadsPileUp() {
        assertEquals(Optional.empty(), question.ask(), "though the database still says nothing");
        assertEquals(Optional.empty(), question.ask());
        assertEquals(1, asked.get());
    }

    @Test
    void onceItAnswersItIsAskedAnew() {
        question.ask();
        database.complete("here");
        TimedQuery<String> patient = new TimedQuery<>(
                () -> {
                    asked.incrementAndGet();
                    return database.join();
                },
                threads,
                60_000);
        assertEquals(Optional.of("here"), patient.ask());
        assertEquals(Optional.of("here"), patient.ask());
        assertEquals(3, asked.get());
    }

    @Test
    void aQuestionThatFailsHasNoAnswer() {
        database.completeExceptionally(new IllegalStateException("refused"));
        assertEquals(Optional.empty(), question.ask());
    }
}
