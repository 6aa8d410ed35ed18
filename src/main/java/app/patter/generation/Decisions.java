package app.patter.generation;

import app.patter.conversation.Approvals.Decision;
import app.patter.page.Problem;
import java.util.Locale;

/** Reads what a person has decided about a call. */
public final class Decisions {

    private Decisions() {}

    /**
     * The decision of that name.
     *
     * @throws Problem if it is none
     */
    public static Decision of(String name) {
        for (Decision decision : Decision.values()) {
            if (decision.name().toLowerCase(Locale.ROOT).equals(name)) {
                return decision;
            }
        }
        throw new Problem(422, "No decision", "Say once, always or refuse.");
    }
}
