package app.patter.conversation;

/** Who wrote a message. */
public enum Author {
    USER,
    ASSISTANT
}
