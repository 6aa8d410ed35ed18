package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.UuidV7;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final Table table = new Table();
    private final List<String> log = new ArrayList<>();
    private final List<SavingPaused> paused = new ArrayList<>();
    private final AdaptiveInterval pace = new AdaptiveInterval(25, 1_000, 400);
    private final SaveScheduler scheduler = new SaveScheduler(pace, new Never(), System::nanoTime);
    private final GroupCommit commit = new GroupCommit(
            table,
            saved -> log.add("published " + saved.changes().size()),
            scheduler,
            pace,
            new SaveStalls(paused::add),
            new JournalMeters(new SimpleMeterRegistry(), pace, List.of()));

    /** Takes the place of the database. */
    private static class Table extends SaveTransaction {
        private final List<Integer> sizes = new ArrayList<>();
        private final Set<UUID> bad = new HashSet<>();
        private final Set<UUID> refused = new HashSet<>();

        @Override
        public Saved save(List<Snapshot> changes) {
            sizes.add(changes.size());
            Map<UUID, Long> revisions = new HashMap<>();
            List<Change> committed = new ArrayList<>();
            for (Snapshot change : changes) {
                if (bad.contains(change.message())) {
                    throw new IllegalStateException("a test says so");
                }
                revisions.put(change.conversation(), 1L);
                committed.add(new Change(change.conversation(), 1, List.of(), 0));
            }
            return new Saved(revisions, committed, refused);
        }
    }

    private static final class Never implements SaveScheduler.Starter {
        @Override
        public void later(long milliseconds) {}

        @Override
        public void inPlaceOfTimer() {}

        @Override
        public void now() {}
    }

    private AnswerBuffer buffer() {
        AnswerBuffer buffer = new AnswerBuffer(
                new GenerationTicket(UUID.randomUUID(), UuidV7.next(), 2, 1, "demo/demo", 0, null, -1, 0, null),
                10_000,
                MonotonicClock.fromNow(),
                commit::add,
                commit::add);
        buffer.append(SegmentKind.TEXT, "text");
        return buffer;
    }

    @Test
    void allThatWaitsIsSavedInOneTransaction() {
        AnswerBuffer one = buffer();
        AnswerBuffer two = buffer();
        assertTrue(commit.isIdle());
        commit.save();
        assertEquals(List.of(2), table.sizes);
        assertEquals(0, one.waiting() + two.waiting());
        assertFalse(commit.isIdle());
        commit.save();
        assertEquals(List.of(2), table.sizes, "nothing waits");
    }

    @Test
    void moreThanOneTransactionTakesIsSavedInSeveral() {
        for (int i = 0; i < GroupCommit.AT_ONCE + 1; i++) {
            buffer();
        }
        commit.save();
        assertEquals(List.of(GroupCommit.AT_ONCE, 1), table.sizes);
    }

    @Test
    void readersHearOfACommitBeforeTheWriterDoes() {
        AnswerBuffer buffer = buffer();
        buffer.whenSaved(() -> log.add("saved"));
        commit.save();
        assertEquals(List.of("published 1", "saved"), log);
    }

    @Test
    void aRowThatTheDatabaseRefusesHarmsNoOther() {
        AnswerBuffer good = buffer();
        AnswerBuffer bad = buffer();
        table.bad.add(bad.ticket().message());
        commit.save();
        assertEquals(List.of(2, 1, 1), table.sizes);
        assertEquals(0, good.waiting());
        assertEquals(4, bad.waiting());
        assertFalse(bad.isSure());
        assertEquals(List.of(new SavingPaused(Set.of(bad.ticket().conversation()), true)), paused);
    }

    @Test
    void whatFailedIsSavedByTheNextSave() {
        AnswerBuffer buffer = buffer();
        table.bad.add(buffer.ticket().message());
        commit.save();
        assertTrue(commit.isIdle());
        assertTrue(pace.failing());
        table.bad.clear();
        commit.save();
        assertEquals(0, buffer.waiting());
        assertTrue(buffer.isSure());
        assertFalse(pace.failing());
        assertEquals(new SavingPaused(Set.of(buffer.ticket().conversation()), false), paused.get(paused.size() - 1));
    }

    @Test
    void aMessageThatWasTakenOverIsRefused() {
        AnswerBuffer buffer = buffer();
        table.refused.add(buffer.ticket().message());
        commit.save();
        assertEquals(
                AnswerBuffer.Outcome.REFUSED,
                buffer.outcome().toCompletableFuture().join());
    }

    @Test
    void aWriterThatFailsKeepsNoOtherFromHearing() {
        List<AnswerBuffer> buffers = List.of(buffer(), buffer());
        buffers.forEach(buffer -> buffer.whenSaved(() -> {
            throw new OutOfMemoryError("a test says so");
        }));
        commit.save();
        assertEquals(0, buffers.stream().mapToLong(AnswerBuffer::waiting).sum());
    }

    @Test
    void whatIsSavedStaysSavedThoughReadersDoNotHearOfIt() {
        GroupCommit deaf = new GroupCommit(
                table,
                saved -> {
                    throw new OutOfMemoryError("a test says so");
                },
                scheduler,
                pace,
                new SaveStalls(paused::add),
                new JournalMeters(new SimpleMeterRegistry(), pace, List.of()));
        AnswerBuffer buffer = buffer();
        deaf.add(buffer);
        buffer.end(Completion.plain(MessageState.DONE));
        deaf.save();
        assertEquals(
                AnswerBuffer.Outcome.SAVED,
                buffer.outcome().toCompletableFuture().join());
    }

    @Test
    void noSaveBeginsWhileItIsPaused() throws InterruptedException {
        AnswerBuffer buffer = buffer();
        assertTrue(commit.pause(1));
        Thread saver = new Thread(commit::save);
        saver.start();
        assertFalse(commit.isIdle());
        assertEquals(4, buffer.waiting());
        commit.resume();
        saver.join();
        assertEquals(0, buffer.waiting());
    }
}
