package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private final List<AnswerBuffer> open = new ArrayList<>();
    private final List<List<Snapshot>> tries = new ArrayList<>();
    private final List<String> started = new ArrayList<>();
    private final AdaptiveInterval pace = new AdaptiveInterval(25, 1_000, 400);
    private final SaveScheduler scheduler = new SaveScheduler(
            pace,
            new SaveScheduler.Starter() {
                @Override
                public void later(long milliseconds) {
                    started.add("later");
                }

                @Override
                public void inPlaceOfTimer() {
                    started.add("in place of timer");
                }

                @Override
                public void now() {
                    started.add("now");
                }
            },
            System::nanoTime);
    private final GroupCommit commit = new GroupCommit(
            new SaveTransaction(),
            saved -> {},
            scheduler,
            pace,
            new SaveStalls(paused -> {}),
            new JournalMeters(new SimpleMeterRegistry(), pace, List.of()));

    private AnswerBuffer open() {
        AnswerBuffer buffer = new AnswerBuffer(
                new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "demo/demo", 0, null, -1, 0, null),
                10_000,
                MonotonicClock.fromNow(),
                scheduler::changed,
                urgent -> scheduler.hurry());
        open.add(buffer);
        return buffer;
    }

    @Test
    void allThatIsBeingWrittenEndsAsInterruptedAndIsSaved() {
        AnswerBuffer one = open();
        AnswerBuffer two = open();
        one.append(SegmentKind.TEXT, "half ");
        shutdown(0, List.of()).run();
        assertEquals(1, tries.size());
        assertEquals(2, tries.get(0).size());
        tries.get(0)
                .forEach(change ->
                        assertEquals(MessageState.INTERRUPTED, change.end().state()));
        assertEquals(
                AnswerBuffer.Outcome.SAVED, one.outcome().toCompletableFuture().join());
        assertEquals(
                AnswerBuffer.Outcome.SAVED, two.outcome().toCompletableFuture().join());
    }

    @Test
    void aLastSaveThatFailsIsTriedThreeTimes() {
        AnswerBuffer buffer = open();
        shutdown(2, List.of()).run();
        assertEquals(3, tries.size());
        assertEquals(
                AnswerBuffer.Outcome.SAVED,
                buffer.outcome().toCompletableFuture().join());
    }

    @Test
    void anAnswerThatIsNotWrittenIsNotCalledSaved() {
        AnswerBuffer buffer = open();
        shutdown(0, List.of(buffer.ticket().message())).run();
        assertEquals(1, tries.size());
        assertFalse(buffer.outcome().toCompletableFuture().isDone());
    }

    @Test
    void noSaveOfTheServerStartsAnyMore() {
        shutdown(0, List.of()).run();
        open().append(SegmentKind.TEXT, "too late");
        assertEquals(List.of(), started);
        assertEquals(List.of(), tries, "nothing was being written");
    }

    private Shutdown shutdown(int failures, List<UUID> others) {
        return new Shutdown(open, scheduler, commit, changes -> {
            tries.add(changes);
            if (tries.size() <= failures) {
                throw new SQLException("a test says so");
            }
            return changes.stream()
                    .filter(change -> !others.contains(change.message()))
                    .toList();
        });
    }
}
