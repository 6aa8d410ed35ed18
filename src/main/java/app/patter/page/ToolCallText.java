package app.patter.page;

import app.patter.text.TextCode;

/** What the card of a tool call says about it. */
public enum ToolCallText implements TextCode {
    /** A call whose title is not known. */
    TOOL,
    DONE,
    /** Done, and after how many seconds. */
    DONE_IN,
    FAILED,
    FAILED_IN,
    REFUSED,
    RUNNING,
    /** How much of how much is done. */
    PROGRESS,
    WAITING,
    DECIDED,
    /** Decided, but other calls beside it are not. */
    DECIDED_ALONE,
    UNFINISHED,
    /** How many characters of a result are not shown. */
    SHORTENED;

    @Override
    public String key() {
        return TextCode.key("text.call.", this);
    }
}
