package app.patter.conversation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** How far a message is: phases of a running generation, a pause, and ends. */
public enum MessageState {
    /** Accepted, not yet sent to the model. */
    QUEUED,
    /** Sent to the model; no answer yet. */
    CONNECTING,
    /** The model reasons. */
    THINKING,
    /** The model writes the answer. */
    WRITING,
    /** Tools that the model called are running. */
    CALLING,
    /** Nothing runs until a person decides whether tools may be called. */
    WAITING,
    /** Complete. */
    DONE,
    /** Ended by a person. */
    STOPPED,
    /** Ended by an error, told in the message's problem. */
    FAILED,
    /** Ended because the server that wrote it went away. */
    INTERRUPTED;

    /** The phases of a running generation. */
    public static final Set<MessageState> ACTIVE =
            Collections.unmodifiableSet(EnumSet.of(QUEUED, CONNECTING, THINKING, WRITING, CALLING));

    /** What somebody can stop. */
    public static final Set<MessageState> UNFINISHED = unfinished();

    private static Set<MessageState> unfinished() {
        Set<MessageState> states = EnumSet.copyOf(ACTIVE);
        states.add(WAITING);
        return Collections.unmodifiableSet(states);
    }

    /** Whether it has come to an end, with which a person may still let it go on. */
    public boolean ended() {
        return !UNFINISHED.contains(this);
    }

    /** Whether a generation is running. */
    public boolean active() {
        return ACTIVE.contains(this);
    }
}
