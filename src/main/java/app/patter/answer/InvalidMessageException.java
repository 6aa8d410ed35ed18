package app.patter.answer;

/** A message that cannot be sent as it is. Nothing was stored. */
public final class InvalidMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Reason {
        /** There is no text, or only blanks. */
        EMPTY,
        /** The text is longer than {@link AnswerService#longestText()}. */
        TOO_LONG,
        /** There is no such model, or not any more. */
        UNKNOWN_MODEL
    }

    private final Reason reason;

    InvalidMessageException(Reason reason) {
        super("invalid message: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
