package app.patter.page;

import app.patter.conversation.ToolEvent;
import java.util.Locale;

/** How a tool call looks to people. */
enum ToolCallStatus {
    RUNNING,
    /** A person has to decide about it. */
    WAITING,
    /** A person has decided, and nothing has happened since. */
    DECIDED,
    /** Its answer has ended without it. */
    UNFINISHED,
    DONE,
    FAILED,
    REFUSED;

    static ToolCallStatus of(ToolEvent.Outcome outcome) {
        return switch (outcome) {
            case DONE -> DONE;
            case FAILED -> FAILED;
            case REFUSED -> REFUSED;
        };
    }

    /** In one word, for styles. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
