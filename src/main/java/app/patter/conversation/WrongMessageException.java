package app.patter.conversation;

/** A message of the conversation is not one with which this can be done. Nothing was changed. */
public final class WrongMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Reason {
        /** Only a person's message can be edited. */
        NOT_A_QUESTION,
        /** A question follows an answer. */
        NOT_AN_ANSWER,
        /** It has been deleted. */
        DELETED,
        /** It can no longer be brought back. */
        GONE
    }

    private final Reason reason;

    WrongMessageException(Reason reason) {
        super("wrong message: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
