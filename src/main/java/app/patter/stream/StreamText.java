package app.patter.stream;

import app.patter.text.TextCode;

/** Why a page does not follow what is written. */
enum StreamText implements TextCode {
    ACCOUNT_FULL,
    NODE_FULL;

    @Override
    public String key() {
        return TextCode.key("text.stream.", this);
    }
}
