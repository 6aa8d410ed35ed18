package app.patter.tool;

import app.patter.text.TextCode;

/** What is wrong with the form of a tool or a tool server. */
enum ToolText implements TextCode {
    NO_COMMANDS,
    PERMISSION,
    COMMAND,
    VARIABLES,
    SECRET_AGAIN,
    SECRET_LOST;

    @Override
    public String key() {
        return TextCode.key("problem.tool.", this);
    }
}
