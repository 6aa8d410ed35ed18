package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.MessageView.RunView;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageViewTest {

    private static boolean canContinue(State state, List<RunView> runs) {
        return MessageView.answer(
                        UUID.randomUUID(), UUID.randomUUID(), 2, state, null, null, null, "Model", runs, List.of())
                .canContinue();
    }

    private static List<RunView> asking(State state, Set<String> decided) {
        Cards cards = new Cards(UUID.randomUUID(), UUID.randomUUID(), 2);
        cards.begin(0, ToolRun.call("c", "tool", "A tool"), OffsetDateTime.parse("2026-11-21T12:00:00Z"));
        Card card = cards.happened(ToolRun.asks("c")).orElseThrow();
        return List.of(RunView.of(2, 0, card.view(state, decided)));
    }

    /** Otherwise nothing would let it go on: the call is decided about, and nobody made it. */
    @Test
    void anAnswerThatWaitsThoughNobodyIsAskedCanBeContinued() {
        assertTrue(canContinue(State.WAITING, asking(State.WAITING, Set.of("c"))));
        assertFalse(canContinue(State.WAITING, asking(State.WAITING, Set.of())));
        assertFalse(canContinue(State.CALLING, asking(State.CALLING, Set.of("c"))));
        assertFalse(canContinue(State.WAITING, List.of()), "of which only the head and the foot are shown");
    }
}
