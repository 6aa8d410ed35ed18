package app.patter.chat;

/** Who speaks in a {@link ChatMessage}; of these, a conversation keeps what {@link #USER} and {@link #ASSISTANT} say. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    /** The tools that the assistant has called. */
    TOOL
}
