package app.patter.provider.http;

/** A line or an event is longer than any that a model server sends. */
public final class TooLongException extends Exception {
    private static final long serialVersionUID = 1L;
}
