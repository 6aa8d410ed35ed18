package app.patter.chat;

/** Who speaks in a {@link ChatMessage}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    /** The tools that the assistant has called. */
    TOOL
}
