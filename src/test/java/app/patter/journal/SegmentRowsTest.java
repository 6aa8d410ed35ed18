package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.SegmentRow;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SegmentRowsTest {

    private final SegmentRows rows = rows(0, null, -1);

    private static SegmentRows rows(int ordinal, SegmentKind lastKind, int lastRun) {
        return new SegmentRows(
                new GenerationTicket(
                        UUID.randomUUID(), UUID.randomUUID(), 2, 1, "demo/demo", ordinal, lastKind, lastRun, 0, null),
                MonotonicClock.fromNow());
    }

    @Test
    void textOfOneKindIsOneRowAndAnotherKindTheNext() {
        rows.append(SegmentKind.REASONING, "let ");
        rows.append(SegmentKind.REASONING, "me");
        rows.append(SegmentKind.TEXT, "yes");
        List<SegmentWrite> writes = rows.writes();
        assertEquals(List.of("0 let me", "1 yes"), texts(writes));
        assertNotNull(writes.get(0).closed());
        assertNull(writes.get(1).closed());
    }

    @Test
    void aLongSegmentContinuesInFurtherRows() {
        rows.append(SegmentKind.TEXT, "x".repeat(SegmentRow.ROW + 1));
        List<SegmentWrite> writes = rows.writes();
        assertEquals(2, writes.size());
        assertFalse(writes.get(0).continues());
        assertTrue(writes.get(1).continues());
        assertEquals(0, writes.get(1).run());
        assertEquals(1, writes.get(1).ordinal());
    }

    @Test
    void noRowEndsInsideASurrogatePair() {
        rows.append(SegmentKind.TEXT, "x".repeat(SegmentRow.ROW - 1) + "\uD83C\uDF0D");
        rows.append(SegmentKind.TEXT, "y");
        assertEquals(
                List.of(SegmentRow.ROW + 1, 1),
                rows.writes().stream().map(write -> write.text().length()).toList());
    }

    @Test
    void aClosedSegmentDoesNotGrowThoughTheKindIsTheSame() {
        rows.append(SegmentKind.TOOL_RESULT, "a");
        rows.closeSegment();
        rows.append(SegmentKind.TOOL_RESULT, "b");
        List<SegmentWrite> writes = rows.writes();
        assertEquals(List.of("0 a", "1 b"), texts(writes));
        assertFalse(writes.get(1).continues());
        assertEquals(1, writes.get(1).run());
    }

    @Test
    void aContinuedAnswerContinuesItsLastSegment() {
        SegmentRows resumed = rows(5, SegmentKind.TEXT, 3);
        resumed.append(SegmentKind.TEXT, "more");
        SegmentWrite write = resumed.writes().get(0);
        assertEquals(5, write.ordinal());
        assertEquals(3, write.run());
        assertTrue(write.continues());
    }

    @Test
    void whatIsTakenStaysAsItIsWhileTheRowGrows() {
        rows.append(SegmentKind.TEXT, "one");
        List<SegmentWrite> taken = rows.writes();
        rows.append(SegmentKind.TEXT, " two");
        assertEquals(List.of("0 one"), texts(taken));
        rows.saved(taken);
        assertEquals(4, rows.waiting());
        SegmentWrite rest = rows.writes().get(0);
        assertEquals("one two", rest.text());
        assertEquals(3, rest.from());
        assertTrue(rest.inserted());
        assertEquals(taken.get(0).id(), rest.id());
    }

    @Test
    void aSaveReportedTwiceCountsOnce() {
        rows.append(SegmentKind.TEXT, "one");
        rows.close();
        List<SegmentWrite> first = rows.writes();
        List<SegmentWrite> second = rows.writes();
        rows.saved(second);
        rows.saved(first);
        assertEquals(0, rows.waiting());
        assertTrue(rows.isSaved());
    }

    @Test
    void aRowIsSavedOnceMoreWhenItCloses() {
        rows.append(SegmentKind.TEXT, "one");
        rows.saved(rows.writes());
        assertTrue(rows.isSaved());
        rows.close();
        assertFalse(rows.isSaved());
        rows.saved(rows.writes());
        assertTrue(rows.isSaved());
        assertEquals(List.of(), rows.writes());
    }

    private static List<String> texts(List<SegmentWrite> writes) {
        return writes.stream()
                .map(write -> write.ordinal() + " " + write.text())
                .toList();
    }
}
