package app.patter.provider;

import java.util.function.Consumer;

/**
 * Turns the payloads of one stream into deltas. Pure; one object per stream, one thread at a time. What it hands over
 * after a {@link Delta.Finished} or {@link Delta.Failed} is dropped.
 */
public interface AnswerParser {

    /** Takes the data of one event, or one line; a payload with nothing to show yields nothing. */
    void payload(String data, Consumer<Delta> out);

    /** Whether the provider has said that the answer is complete, so that only counts may follow. */
    default boolean isComplete() {
        return false;
    }

    /** The stream has ended cleanly; hands over what was held back, and the one end. */
    void end(Consumer<Delta> out);

    /** The stream was cut; the same, but text alone does not make an answer complete. */
    default void cut(Consumer<Delta> out) {
        end(out);
    }
}
