package app.patter.stream;

/**
 * What brings a reader to a revision.
 *
 * @param data  one line: htmx out-of-band swaps for pages, JSON for programs
 * @param since when the oldest of its text came from the model, as {@link System#nanoTime()}; 0 if it is not known
 */
record Frame(long revision, String data, long since) {}
