package app.patter.page;

import app.patter.text.TextCode;

/** What the page of a conversation says beside what people, models and providers do. */
public enum MessageText implements TextCode {
    /** A conversation without a message. */
    NEW_CONVERSATION,
    /** The person who wrote a message. */
    YOU,
    /** Reasoning that has not ended. */
    THINKING,
    /** Reasoning that has ended, and how long it took. */
    THOUGHT,
    /** Too short to be measured. */
    A_MOMENT,
    /** What an answer has used. */
    USAGE,
    /** What an answer has used, and what that cost. */
    USAGE_AND_COST,
    /** The model reached its limit of length. */
    CUT,
    /** Patter ended before the answer did. */
    INTERRUPTED,
    STATE_QUEUED,
    STATE_CONNECTING,
    STATE_THINKING,
    STATE_WRITING,
    STATE_CALLING,
    STATE_WAITING,
    STATE_STOPPED,
    STATE_FAILED,
    STATE_INTERRUPTED;

    @Override
    public String key() {
        return TextCode.key("text.message.", this);
    }
}
