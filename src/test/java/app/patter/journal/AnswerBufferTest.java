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
    private final AnswerBuffer draft = new AnswerBuffer(
            new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "demo/demo", 0, null, -1, 0, null),
            100,
            MonotonicClock.fromNow(),
            dirty -> changed.incrementAndGet(),
            dirty -> urgent.incrementAndGet());

    @RepeatedTest(100)
    void whateverFailsTheRowsEndAsTheTokensCame() {
        Random random = new Random();
        Map<Integer, String> table = new TreeMap<>();
        StringBuilder expected = new StringBuilder();
        for (int action = 0; action < 300; action++) {
            if (random.nextInt(4) > 0) {
                String token = random.nextInt(8) == 0 ? "\uD83C\uDF0D" : "y".repeat(random.nextInt(900));
                expected.append(token);
                draft.append(random.nextInt(10) == 0 ? SegmentKind.REASONING : SegmentKind.TEXT, token);
            } else {
                save(table, random.nextInt(3));
            }
        }
        draft.end(Completion.plain(MessageState.DONE));
        save(table, 1);
        save(table, 0);
        assertEquals(expected.toString(), String.join("", table.values()));
        assertTrue(table.values().stream().allMatch(row -> row.length() <= SegmentRow.ROW + 1));
        assertEquals(0, draft.waiting());
        assertTrue(draft.outcome().toCompletableFuture().isDone());
    }

    @Test
    void theEndIsToldThoughSomebodyWhoWaitedForRoomFails() {
        draft.append(SegmentKind.TEXT, "y".repeat(200));
        draft.whenRoom(() -> {
            throw new OutOfMemoryError("a test says so");
        });
        draft.end(Completion.plain(MessageState.DONE));
        AnswerBuffer.Snapshot change = Objects.requireNonNull(draft.take());
        assertThrows(OutOfMemoryError.class, () -> draft.saved(change));
        assertTrue(draft.outcome().toCompletableFuture().isDone());
    }

    /** 0: it works; 1: it fails; 2: it fails, but after it had been written. */
    private void save(Map<Integer, String> table, int fate) {
        AnswerBuffer.Snapshot change = draft.take();
        if (change == null) {
            return;
        }
        if (fate != 1) {
            change.writes().forEach(write -> table.put(write.row().ordinal, write.text()));
        }
        if (fate == 0) {
            draft.saved(change);
        } else {
            draft.failed();
        }
    }

    @Test
    void theFirstTokenAndTheEndAreUrgentAndTheRestIsNot() {
        draft.append(SegmentKind.TEXT, "a");
        assertEquals(1, urgent.get());
        draft.append(SegmentKind.TEXT, "b");
        draft.enter(MessageState.WRITING);
        assertEquals(1, urgent.get());
        assertEquals(2, changed.get());
        draft.end(Completion.plain(MessageState.DONE));
        assertEquals(2, urgent.get());
    }

    @Test
    void onlyTheFirstEndCounts() {
        draft.end(Completion.plain(MessageState.STOPPED));
        draft.end(Completion.plain(MessageState.FAILED));
        draft.append(SegmentKind.TEXT, "late");
        AnswerBuffer.Snapshot change = draft.take();
        assertNotNull(change);
        assertEquals(Completion.plain(MessageState.STOPPED), change.end());
        assertEquals(0, change.writes().size());
    }

    @Test
    void theReaderOfTheUpstreamWaitsWhileTooMuchIsUnsaved() {
        AtomicInteger read = new AtomicInteger();
        draft.append(SegmentKind.TEXT, "x".repeat(100));
        draft.whenRoom(read::incrementAndGet);
        assertEquals(1, read.get(), "up to the limit there is room");
        draft.append(SegmentKind.TEXT, "x");
        draft.whenRoom(read::incrementAndGet);
        assertEquals(1, read.get());
        AnswerBuffer.Snapshot change = draft.take();
        assertNotNull(change);
        draft.saved(change);
        assertEquals(2, read.get());
    }

    @Test
    void everybodyWhoWaitsForTheirTextToBeSavedIsToldAndNobodyTooEarly() {
        AtomicInteger told = new AtomicInteger();
        draft.begin(SegmentKind.TOOL_RESULT, "a");
        draft.whenSaved(told::incrementAndGet);
        AnswerBuffer.Snapshot first = draft.take();
        assertNotNull(first);
        draft.begin(SegmentKind.TOOL_RESULT, "b");
        draft.whenSaved(told::incrementAndGet);
        draft.saved(first);
        assertEquals(0, told.get());
        AnswerBuffer.Snapshot second = draft.take();
        assertNotNull(second);
        draft.saved(second);
        assertEquals(2, told.get());
        draft.whenSaved(told::incrementAndGet);
        assertEquals(3, told.get(), "nothing is unsaved");
    }

    @Test
    void aRefusedDraftForgetsEverythingAndLetsGo() {
        AtomicInteger read = new AtomicInteger();
        draft.append(SegmentKind.TEXT, "x".repeat(200));
        draft.whenRoom(read::incrementAndGet);
        draft.refused();
        assertEquals(1, read.get());
        assertEquals(0, draft.waiting());
        draft.append(SegmentKind.TEXT, "more");
        assertNull(draft.take());
        assertFalse(draft.outcome().toCompletableFuture().isCompletedExceptionally());
    }

    @Test
    void blanksAreTextAndNothingIsNot() {
        draft.append(SegmentKind.TEXT, "");
        assertNull(draft.take());
        draft.append(SegmentKind.TEXT, " \n");
        assertNotNull(draft.take());
    }
}
