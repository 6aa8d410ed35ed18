package app.patter.upstream;

/** One message of a conversation, as a model is told it. */
public record Turn(Role role, String text) {}
