package app.patter.upstream;

import java.util.function.Consumer;

/**
 * Turns the payloads of one stream into deltas: the one thing that differs from provider to provider. Pure; one object
 * per stream, one thread at a time. What it hands over after a {@link Delta.Finished} or {@link Delta.Failed} is
 * dropped.
 */
interface Dialect {

    /** Takes the data of one event; a payload with nothing to show yields nothing. */
    void payload(String data, Consumer<Delta> out);

    /** The stream has ended, cleanly or not; hands over what was held back, and Finished if the answer is complete. */
    void end(Consumer<Delta> out);
}
