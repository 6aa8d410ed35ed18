package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.SegmentRow;
import app.patter.fixture.Seed;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class AnswerBufferTest {

    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger urgent = new AtomicInteger();
    private final AnswerBuffer buffer = new AnswerBuffer(
            new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "demo/demo", 0, null, -1, 0, null),
            100,
            MonotonicClock.fromNow(),
            dirty -> changed.incrementAndGet(),
            dirty -> urgent.incrementAndGet());

    @RepeatedTest(100)
    void whateverFailsTheRowsEndAsTheTokensCame(@Seed Random random) {
        Map<Integer, String> table = new TreeMap<>();
        StringBuilder expected = new StringBuilder();
        for (int action = 0; action < 300; action++) {
            if (random.nextInt(4) > 0) {
                String token = random.nextInt(8) == 0 ? "\uD83C\uDF0D" : "y".repeat(random.nextInt(900));
                expected.append(token);
                buffer.append(random.nextInt(10) == 0 ? SegmentKind.REASONING : SegmentKind.TEXT, token);
            } else {
                save(table, random.nextInt(3));
            }
        }
        buffer.end(Completion.plain(MessageState.DONE));
        save(table, 1);
        save(table, 0);
        assertEquals(expected.toString(), String.join("", table.values()));
        assertTrue(table.values().stream().allMatch(row -> row.length() <= SegmentRow.ROW + 1));
        assertEquals(0, buffer.waiting());
        assertTrue(buffer.outcome().toCompletableFuture().isDone());
    }

    @Test
    void whatNoDatabaseTakesIsReplacedWhateverItIsPartOf() {
        for (SegmentKind kind : SegmentKind.values()) {
            Map<Integer, String> table = new TreeMap<>();
            buffer.begin(kind, "a\0b");
            save(table, 0);
            assertEquals("[a\uFFFDb]", table.values().toString().replaceFirst("^\\[.*, ", "["), kind.name());
        }
    }

    @Test
    void theEndIsToldThoughSomebodyWhoWaitedForRoomFails() {
        buffer.append(SegmentKind.TEXT, "y".repeat(200));
        buffer.whenRoom(() -> {
            throw new OutOfMemoryError("a test says so");
        });
        buffer.end(Completion.plain(MessageState.DONE));
        Snapshot change = Objects.requireNonNull(buffer.take());
        assertThrows(OutOfMemoryError.class, () -> buffer.saved(change));
        assertTrue(buffer.outcome().toCompletableFuture().isDone());
    }

    /** 0: it works; 1: it fails; 2: it fails, but after it had been written. */
    private void save(Map<Integer, String> table, int fate) {
        Snapshot change = buffer.take();
        if (change == null) {
            return;
        }
        if (fate != 1) {
            change.segments().forEach(write -> table.put(write.ordinal(), write.text()));
        }
        if (fate == 0) {
            buffer.saved(change);
        } else {
            buffer.failed();
        }
    }

    @Test
    void theFirstTokenAndTheEndAreUrgentAndTheRestIsNot() {
        buffer.append(SegmentKind.TEXT, "a");
        assertEquals(1, urgent.get());
        buffer.append(SegmentKind.TEXT, "b");
        buffer.enter(MessageState.WRITING);
        assertEquals(1, urgent.get());
        assertEquals(2, changed.get());
        buffer.end(Completion.plain(MessageState.DONE));
        assertEquals(2, urgent.get());
    }

    @Test
    void onlyTheFirstEndCounts() {
        buffer.end(Completion.plain(MessageState.STOPPED));
        buffer.end(Completion.plain(MessageState.FAILED));
        buffer.append(SegmentKind.TEXT, "late");
        Snapshot change = buffer.take();
        assertNotNull(change);
        assertEquals(Completion.plain(MessageState.STOPPED), change.end());
        assertEquals(0, change.segments().size());
    }

    @Test
    void theReaderOfTheUpstreamWaitsWhileTooMuchIsUnsaved() {
        AtomicInteger read = new AtomicInteger();
        buffer.append(SegmentKind.TEXT, "x".repeat(100));
        buffer.whenRoom(read::incrementAndGet);
        assertEquals(1, read.get(), "up to the limit there is room");
        buffer.append(SegmentKind.TEXT, "x");
        buffer.whenRoom(read::incrementAndGet);
        assertEquals(1, read.get());
        Snapshot change = buffer.take();
        assertNotNull(change);
        buffer.saved(change);
        assertEquals(2, read.get());
    }

    @Test
    void whoWaitsForTextToBeSavedIsToldAndNotTooEarly() {
        AtomicInteger told = new AtomicInteger();
        buffer.begin(SegmentKind.TOOL_RESULT, "a");
        buffer.whenSaved(told::incrementAndGet);
        Snapshot first = buffer.take();
        assertNotNull(first);
        buffer.begin(SegmentKind.TOOL_RESULT, "b");
        buffer.whenSaved(told::incrementAndGet);
        buffer.saved(first);
        assertEquals(0, told.get());
        Snapshot second = buffer.take();
        assertNotNull(second);
        buffer.saved(second);
        assertEquals(2, told.get());
        buffer.whenSaved(told::incrementAndGet);
        assertEquals(3, told.get(), "nothing is unsaved");
    }

    @Test
    void whoeverFailsWhenToldKeepsNobodyFromBeingTold() {
        AtomicInteger told = new AtomicInteger();
        buffer.begin(SegmentKind.TOOL_RESULT, "a");
        buffer.whenSaved(() -> {
            throw new IllegalStateException("fails");
        });
        buffer.whenSaved(told::incrementAndGet);
        Snapshot taken = buffer.take();
        assertNotNull(taken);
        assertThrows(IllegalStateException.class, () -> buffer.saved(taken));
        assertEquals(1, told.get());
    }

    @Test
    void aRefusedDraftForgetsEverythingAndLetsGo() {
        AtomicInteger read = new AtomicInteger();
        buffer.append(SegmentKind.TEXT, "x".repeat(200));
        buffer.whenRoom(read::incrementAndGet);
        buffer.refused();
        assertEquals(1, read.get());
        assertEquals(0, buffer.waiting());
        buffer.append(SegmentKind.TEXT, "more");
        assertNull(buffer.take());
        assertFalse(buffer.outcome().toCompletableFuture().isCompletedExceptionally());
    }

    @Test
    void blanksAreTextAndNothingIsNot() {
        buffer.append(SegmentKind.TEXT, "");
        assertNull(buffer.take());
        buffer.append(SegmentKind.TEXT, " \n");
        assertNotNull(buffer.take());
    }
}
