package app.patter.stream;

/**
 * HTML that brings a reader to a revision.
 *
 * @param html one line of htmx out-of-band swaps
 */
record Frame(long revision, String html) {}
