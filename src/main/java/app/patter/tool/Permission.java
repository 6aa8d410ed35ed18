package app.patter.tool;

/** Whether a tool may be called. */
public enum Permission {
    /** Without asking. */
    ALLOW,
    /** When the person who reads the answer says so. */
    ASK,
    /** Models are not told of it. */
    OFF
}
