package app.patter.stream;

/**
 * What brings a reader to a revision.
 *
 * @param data one line: htmx out-of-band swaps for pages, JSON for programs
 */
record Frame(long revision, String data) {}
