package app.patter.conversation;

import app.patter.chat.Role;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;

/** Finds what a new question follows. Needs a running transaction that has locked the conversation. */
final class Placements {

    private final MessageRows rows;
    private final Paths paths;

    Placements(EntityManager entities) {
        this.rows = new MessageRows(entities);
        this.paths = new Paths(entities);
    }

    /**
     * The message that a question follows; empty for the first one.
     *
     * @throws UnknownConversationException if what the placement names is not in the conversation
     * @throws WrongMessageException        if it cannot be followed, or not be asked otherwise
     */
    Optional<UUID> parent(UUID conversation, Placement placement) {
        if (placement instanceof Placement.AtEnd end) {
            UUID message = end.view().message();
            if (message != null) {
                rows.there(conversation, message);
            }
            return paths.last(conversation, end.view(), Paths.NOW).map(Paths.Link::id);
        }
        if (placement instanceof Placement.After after) {
            Message answer = rows.there(conversation, after.answer());
            require(answer.role() == Role.ASSISTANT, WrongMessageException.Reason.NOT_AN_ANSWER);
            return Optional.of(answer.id());
        }
        Message question = rows.question(conversation, ((Placement.Beside) placement).question());
        return Optional.ofNullable(question.parent());
    }

    private static void require(boolean right, WrongMessageException.Reason otherwise) {
        if (!right) {
            throw new WrongMessageException(otherwise);
        }
    }
}
