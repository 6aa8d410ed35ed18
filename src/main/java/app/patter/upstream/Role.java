package app.patter.upstream;

/** Who speaks in a {@link Turn}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
}
