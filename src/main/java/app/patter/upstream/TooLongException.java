package app.patter.upstream;

/** A line or an event is longer than any that a model server sends. */
final class TooLongException extends Exception {
    private static final long serialVersionUID = 1L;
}
