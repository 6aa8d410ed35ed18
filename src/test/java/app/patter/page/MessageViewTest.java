package app.patter.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.MessageState;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEventCodec;
import app.patter.page.MessageView.SegmentView;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageViewTest {

    private static boolean canContinue(MessageState state, List<SegmentView> segments) {
        return MessageView.answer(
                        UUID.randomUUID(), UUID.randomUUID(), 2, state, null, null, null, "Model", segments, null)
                .canContinue();
    }

    private static List<SegmentView> asking(MessageState state, Set<String> decided) {
        ToolCallViews cards = new ToolCallViews(UUID.randomUUID(), UUID.randomUUID(), 2);
        cards.begin(
                0,
                ToolEventCodec.encode(new ToolEvent.Called("c", "c", "tool", "A tool", "")),
                OffsetDateTime.parse("2026-11-21T12:00:00Z"));
        ToolCallView view =
                cards.happened(ToolEventCodec.encode(new ToolEvent.Asked("c"))).orElseThrow();
        return List.of(SegmentView.of(2, 0, view.view(state, decided)));
    }

    /** Otherwise nothing would let it go on: the call is decided about, and nobody made it. */
    @Test
    void anAnswerThatWaitsThoughNobodyIsAskedCanBeContinued() {
        assertTrue(canContinue(MessageState.WAITING, asking(MessageState.WAITING, Set.of("c"))));
        assertFalse(canContinue(MessageState.WAITING, asking(MessageState.WAITING, Set.of())));
        assertFalse(canContinue(MessageState.CALLING, asking(MessageState.CALLING, Set.of("c"))));
        assertFalse(canContinue(MessageState.WAITING, List.of()), "of which only the head and the foot are shown");
    }
}
