package app.patter.conversation;

import jakarta.ejb.ApplicationException;

/** There is no such conversation or message, or somebody may not do that with it; nobody can tell which. */
@ApplicationException(rollback = true)
public final class UnknownConversationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownConversationException() {
        super("no such conversation");
    }
}
