package app.patter.account;

import app.patter.text.TextCode;

/** What is wrong with a form of accounts, log-ins or tokens. */
enum AccountText implements TextCode {
    NAME_LENGTH,
    PASSWORD_TOO_LONG,
    PASSWORD_COMMON,
    PASSWORD_CHANGED,
    WRONG_CURRENT,
    DISABLED,
    LAST_ADMINISTRATOR,
    NOT_SURE,
    PASSWORD_LENGTH,
    NAME_TAKEN,
    TOO_MANY_TOKENS,
    WRONG_CODE,
    BUSY,
    TOO_MANY_PASSWORDS,
    WRONG_PASSWORD;

    @Override
    public String key() {
        return TextCode.key("problem.account.", this);
    }
}
