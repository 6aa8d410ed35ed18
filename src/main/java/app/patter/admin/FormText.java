package app.patter.admin;

import app.patter.text.TextCode;

/** What is wrong with the form of a server of any kind. */
enum FormText implements TextCode {
    SERVER_NAME,
    SERVER_NAME_TAKEN,
    SERVER_REMOVED,
    TOO_MANY_SERVERS,
    ADDRESS_LENGTH,
    ADDRESS_START,
    ADDRESS_PARTS,
    ADDRESS_UNDERSCORE,
    NO_ADDRESS,
    KEY;

    @Override
    public String key() {
        return TextCode.key("problem.form.", this);
    }
}
