package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.Assignment;
import app.patter.conversation.Kind;
import app.patter.conversation.Segment;
import app.patter.conversation.State;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DraftTest {

    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger urgent = new AtomicInteger();
    private final Draft draft = new Draft(
            new Assignment(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "demo/demo", 0, null, -1, 0, null),
            100,
            Moments.fromNow(),
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
                draft.append(random.nextInt(10) == 0 ? Kind.REASONING : Kind.TEXT, token);
            } else {
                save(table, random.nextInt(3));
            }
        }
        draft.end(End.plain(State.DONE));
        save(table, 1);
        save(table, 0);
        assertEquals(expected.toString(), String.join("", table.values()));
        assertTrue(table.values().stream().allMatch(row -> row.length() <= Segment.ROW + 1));
        assertEquals(0, draft.waiting());
        assertTrue(draft.outcome().toCompletableFuture().isDone());
    }

    @Test
    void theEndIsToldThoughSomebodyWhoWaitedForRoomFails() {
        draft.append(Kind.TEXT, "y".repeat(200));
        draft.whenRoom(() -> {
            throw new OutOfMemoryError("a test says so");
        });
        draft.end(End.plain(State.DONE));
        Draft.Change change = Objects.requireNonNull(draft.take());
        assertThrows(OutOfMemoryError.class, () -> draft.saved(change));
        assertTrue(draft.outcome().toCompletableFuture().isDone());
    }

    /** 0: it works; 1: it fails; 2: it fails, but after it had been written. */
    private void save(Map<Integer, String> table, int fate) {
        Draft.Change change = draft.take();
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
        draft.append(Kind.TEXT, "a");
        assertEquals(1, urgent.get());
        draft.append(Kind.TEXT, "b");
        draft.enter(State.WRITING);
        assertEquals(1, urgent.get());
        assertEquals(2, changed.get());
        draft.end(End.plain(State.DONE));
        assertEquals(2, urgent.get());
    }

    @Test
    void onlyTheFirstEndCounts() {
        draft.end(End.plain(State.STOPPED));
        draft.end(End.plain(State.FAILED));
        draft.append(Kind.TEXT, "late");
        Draft.Change change = draft.take();
        assertNotNull(change);
        assertEquals(End.plain(State.STOPPED), change.end());
        assertEquals(0, change.writes().size());
    }

    @Test
    void theReaderOfTheUpstreamWaitsWhileTooMuchIsUnsaved() {
        AtomicInteger read = new AtomicInteger();
        draft.append(Kind.TEXT, "x".repeat(100));
        draft.whenRoom(read::incrementAndGet);
        assertEquals(1, read.get(), "up to the limit there is room");
        draft.append(Kind.TEXT, "x");
        draft.whenRoom(read::incrementAndGet);
        assertEquals(1, read.get());
        Draft.Change change = draft.take();
        assertNotNull(change);
        draft.saved(change);
        assertEquals(2, read.get());
    }

    @Test
    void everybodyWhoWaitsForTheirTextToBeSavedIsToldAndNobodyTooEarly() {
        AtomicInteger told = new AtomicInteger();
        draft.begin(Kind.TOOL_RESULT, "a");
        draft.whenSaved(told::incrementAndGet);
        Draft.Change first = draft.take();
        assertNotNull(first);
        draft.begin(Kind.TOOL_RESULT, "b");
        draft.whenSaved(told::incrementAndGet);
        draft.saved(first);
        assertEquals(0, told.get());
        Draft.Change second = draft.take();
        assertNotNull(second);
        draft.saved(second);
        assertEquals(2, told.get());
        draft.whenSaved(told::incrementAndGet);
        assertEquals(3, told.get(), "nothing is unsaved");
    }

    @Test
    void aRefusedDraftForgetsEverythingAndLetsGo() {
        AtomicInteger read = new AtomicInteger();
        draft.append(Kind.TEXT, "x".repeat(200));
        draft.whenRoom(read::incrementAndGet);
        draft.refused();
        assertEquals(1, read.get());
        assertEquals(0, draft.waiting());
        draft.append(Kind.TEXT, "more");
        assertNull(draft.take());
        assertFalse(draft.outcome().toCompletableFuture().isCompletedExceptionally());
    }

    @Test
    void blanksAreTextAndNothingIsNot() {
        draft.append(Kind.TEXT, "");
        assertNull(draft.take());
        draft.append(Kind.TEXT, " \n");
        assertNotNull(draft.take());
    }
}
