package app.patter.tool.mcp;

import app.patter.text.TextCode;

/** Why a tool server cannot be asked. */
enum McpErrorCode implements TextCode {
    UNKNOWN_HOST,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID,
    CERTIFICATE_OTHER_NAME,
    CERTIFICATE_UNKNOWN_ISSUER,
    NO_SECURE_CONNECTION,
    CONNECTION_REFUSED,
    TIMEOUT,
    COMMAND_NOT_STARTED,
    COMMAND_ENDED,
    SESSION_FORGOTTEN,
    SESSION_LOST,
    KEY_WANTED,
    KEY_REFUSED,
    NOT_FOUND,
    /** Any other status. */
    STATUS,
    /** What answers does not speak the protocol. */
    NO_PROTOCOL,
    /** Words of another part. */
    OTHER;

    @Override
    public String key() {
        return TextCode.key("error.tool.", this);
    }
}
