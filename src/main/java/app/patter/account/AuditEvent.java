package app.patter.account;

import java.util.Locale;

/** What happened that matters for security. */
public enum AuditEvent {
    LOGIN_SUCCEEDED,
    LOGIN_FAILED,
    /** After too many wrong passwords, none is looked at for a while. */
    LOGIN_THROTTLED,
    /** Somebody has logged out, or has ended another of their logins. */
    LOGIN_ENDED,
    /** A form did not come from Patter's own page. */
    FORM_REFUSED,
    ACCOUNT_CREATED,
    ACCOUNT_DISABLED,
    ACCOUNT_ENABLED,
    ACCOUNT_DELETED,
    ADMINISTRATOR_NAMED,
    ADMINISTRATOR_REMOVED,
    PASSWORD_CHANGED,
    /** A link was made with which somebody may set a password. */
    PASSWORD_LINK_MADE,
    /** A password was set with such a link. */
    PASSWORD_RESET,
    TOKEN_CREATED,
    TOKEN_REVOKED,
    SERVER_ADDED,
    SERVER_CHANGED,
    SERVER_REMOVED,
    MODEL_CHANGED,
    /** An administrator has said whether a tool may be called. */
    TOOL_PERMISSION_CHANGED,
    /** A person has allowed a tool for a whole conversation. */
    TOOL_ALLOWED;

    /** What the log calls it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
