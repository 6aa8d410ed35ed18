package app.patter.answer;

import app.patter.conversation.Access;
import app.patter.conversation.AnswerEnded;
import app.patter.conversation.GenerationTicket;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.Completion;
import java.util.function.Consumer;

/** Tells of real ends of answers: neither of pauses, nor of answers that another node has taken over. */
final class AnswerEnds {

    private AnswerEnds() {}

    /** Tells the observer once, when the end is saved, on the thread that saved it. */
    static void tell(Access access, AnswerBuffer buffer, Consumer<AnswerEnded> observer) {
        buffer.outcome().thenAccept(outcome -> {
            Completion end = buffer.completion();
            if (outcome == AnswerBuffer.Outcome.SAVED
                    && end != null
                    && end.state().ended()) {
                GenerationTicket ticket = buffer.ticket();
                observer.accept(new AnswerEnded(access, ticket.message(), ticket.model(), end.state()));
            }
        });
    }
}
