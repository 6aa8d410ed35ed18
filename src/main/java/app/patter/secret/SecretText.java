package app.patter.secret;

import app.patter.text.TextCode;

/** Why a secret cannot be kept or read. */
enum SecretText implements TextCode {
    UNREADABLE,
    BROKEN,
    UNWRITABLE;

    @Override
    public String key() {
        return TextCode.key("problem.secret.", this);
    }
}
