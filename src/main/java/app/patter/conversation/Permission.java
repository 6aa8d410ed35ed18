package app.patter.conversation;

/** What somebody may do with a conversation. */
public enum Permission {
    READ,
    /** Everything: send, stop, decide, delete, and read. */
    WRITE
}
