package app.patter.upstream;

/** Who speaks in a {@link Turn}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    /** The tools that the assistant has called. */
    TOOL
}
