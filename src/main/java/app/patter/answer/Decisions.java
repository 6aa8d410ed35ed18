package app.patter.answer;

import app.patter.conversation.Approvals.Decision;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import java.util.Locale;

/** Reads what a person has decided about a call. */
final class Decisions {

    private Decisions() {}

    /**
     * The decision of that name.
     *
     * @throws ProblemException if it is none
     */
    static Decision of(String name) {
        for (Decision decision : Decision.values()) {
            if (decision.name().toLowerCase(Locale.ROOT).equals(name)) {
                return decision;
            }
        }
        throw new ProblemException(ProblemCode.NO_DECISION);
    }
}
