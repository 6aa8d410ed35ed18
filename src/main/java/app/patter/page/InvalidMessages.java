package app.patter.page;

import app.patter.answer.InvalidMessageException.Reason;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;

/** Says to people why a message cannot be sent. */
final class InvalidMessages {

    private InvalidMessages() {}

    static ProblemException problem(Reason reason, String text, long longest) {
        return switch (reason) {
            case EMPTY -> new ProblemException(ProblemCode.EMPTY_MESSAGE);
            case TOO_LONG -> new ProblemException(ProblemCode.MESSAGE_TOO_LONG, text.length(), longest);
            case UNKNOWN_MODEL -> new ProblemException(ProblemCode.MODEL_UNAVAILABLE);
        };
    }
}
