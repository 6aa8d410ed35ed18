package app.patter.conversation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** How far a message is. The first four are phases of a running generation, the others are ends. */
public enum State {
    /** Accepted, not yet sent to the model. */
    QUEUED,
    /** Sent to the model; no answer yet. */
    CONNECTING,
    /** The model reasons. */
    THINKING,
    /** The model writes the answer. */
    WRITING,
    /** Complete. */
    DONE,
    /** Ended by a person. */
    STOPPED,
    /** Ended by an error, told in the message's problem. */
    FAILED,
    /** Ended because the server that wrote it went away. */
    INTERRUPTED;

    /** The phases of a running generation. */
    public static final Set<State> ACTIVE =
            Collections.unmodifiableSet(EnumSet.of(QUEUED, CONNECTING, THINKING, WRITING));

    /** Whether a generation is running. */
    public boolean active() {
        return ACTIVE.contains(this);
    }
}
