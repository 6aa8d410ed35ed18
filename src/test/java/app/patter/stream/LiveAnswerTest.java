package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.journal.Change;
import app.patter.journal.Completion;
import app.patter.page.DomIds;
import app.patter.page.ToolCallViews;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveAnswerTest {

    private final GenerationTicket ticket =
            new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "a/b", 0, null, -1, 0, null);

    /** In brackets what the templates would make. */
    private final Fragments fragments = new Fragments() {
        @Override
        String run(long number, Change.Growth growth, String html) {
            return "[" + DomIds.text(number, growth.run()) + "]" + html;
        }

        @Override
        String runTitle(long number, Change.Growth growth) {
            return "[" + DomIds.title(number, growth.run()) + "]";
        }

        @Override
        String state(GenerationTicket message, MessageState state, @Nullable Completion end) {
            return "[" + state + "]";
        }
    };

    private LiveAnswer answer(Segment... saved) {
        return new LiveAnswer(
                fragments, 2, new ToolCallViews(ticket.conversation(), ticket.message(), 2), List.of(saved), Set.of());
    }

    private static Change.Growth text(int run, boolean begins, String text) {
        return new Change.Growth(run, SegmentKind.TEXT, begins, text, null);
    }

    private List<String> pieces(LiveAnswer answer, @Nullable Completion end, Change.Growth... growths) {
        List<String> pieces = new ArrayList<>();
        answer.render(new Change.Part(ticket, List.of(growths), end == null ? null : end.state(), end), pieces);
        return pieces;
    }

    @Test
    void aRunIsShownWholeWhenItBeginsAndGrowsByPieces() {
        LiveAnswer answer = answer();
        assertEquals(List.of("[r2-0]<p dir=\"auto\">one</p>"), pieces(answer, null, text(0, true, "one")));
        List<String> more = pieces(answer, null, text(0, false, " two"));
        assertEquals(1, more.size());
        assertTrue(more.get(0).startsWith("<i hx-swap-oob") && more.get(0).contains("two"), more.toString());
        assertEquals("<p dir=\"auto\">one two</p>", answer.growing());
    }

    @Test
    void anAnswerFromTheDatabaseGoesOnWhereItsTextEnds() {
        OffsetDateTime noon = OffsetDateTime.parse("2026-11-30T12:00:00Z");
        LiveAnswer answer = answer(new Segment(0, SegmentKind.TEXT, "one", noon, null));
        pieces(answer, null, text(0, false, " two"));
        assertEquals("<p dir=\"auto\">one two</p>", answer.growing());
    }

    @Test
    void textOfARunThatHasEndedIsPassedOver() {
        LiveAnswer answer = answer();
        pieces(answer, null, text(0, true, "one"), text(1, true, "two"));
        assertEquals(List.of(), pieces(answer, null, text(0, false, "late")));
    }

    @Test
    void aRunThatEndsGetsItsTitle() {
        LiveAnswer answer = answer();
        pieces(answer, null, text(0, true, "one"));
        List<String> pieces =
                pieces(answer, null, new Change.Growth(0, SegmentKind.TEXT, false, " two", Duration.ofSeconds(1)));
        assertEquals("[t2-0]", pieces.get(pieces.size() - 1));
    }

    @Test
    void atTheEndNothingGrowsAnyMore() {
        LiveAnswer answer = answer();
        pieces(answer, null, text(0, true, "one"));
        List<String> pieces = pieces(answer, Completion.plain(MessageState.DONE));
        assertEquals("[DONE]", pieces.get(pieces.size() - 1));
        assertNull(answer.growing());
    }
}
