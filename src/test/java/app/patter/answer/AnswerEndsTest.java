package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.conversation.Access;
import app.patter.conversation.Accesses;
import app.patter.conversation.AnswerEnded;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.AnswerBuffers;
import app.patter.journal.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnswerEndsTest {

    private final GenerationTicket ticket =
            new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "a/b", 0, null, -1, 0, null);
    private final Access access = Accesses.owned(UUID.randomUUID(), ticket.conversation());
    private final AnswerBuffers buffers = new AnswerBuffers(ticket);
    private final AnswerBuffer buffer = buffers.draft();
    private final List<AnswerEnded> heard = new ArrayList<>();

    @Test
    void theEndIsToldOnceAndOnlyAfterItIsSaved() {
        AnswerEnds.tell(access, buffer, heard::add);
        buffer.answeredBy("c/d");
        buffer.end(Completion.plain(MessageState.DONE));
        buffer.end(Completion.plain(MessageState.STOPPED));
        assertEquals(List.of(), heard);
        buffers.runs();
        buffers.runs();
        assertEquals(List.of(new AnswerEnded(access, ticket.message(), "c/d", MessageState.DONE)), heard);
    }

    @Test
    void aPauseForAPersonIsNoEnd() {
        AnswerEnds.tell(access, buffer, heard::add);
        buffer.end(Completion.plain(MessageState.WAITING));
        buffers.runs();
        assertEquals(List.of(), heard);
    }

    @Test
    void anAnswerThatWasTakenOverHasNoEndHere() {
        AnswerEnds.tell(access, buffer, heard::add);
        buffer.end(Completion.plain(MessageState.DONE));
        buffers.refuse();
        assertEquals(List.of(), heard);
    }
}
