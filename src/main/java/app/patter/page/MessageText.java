package app.patter.page;

import app.patter.text.TextCode;

/** What a message says about its end beside the error that the database holds. */
enum MessageText implements TextCode {
    /** The model reached its limit of length. */
    CUT,
    /** Patter ended before the answer did. */
    INTERRUPTED;

    @Override
    public String key() {
        return TextCode.key("text.message.", this);
    }
}
