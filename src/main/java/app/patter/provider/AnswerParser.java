package app.patter.provider;

import java.util.function.Consumer;

/**
 * Turns the payloads of one stream into deltas. Pure; one object per stream, one thread at a time. What it hands over
 * after a {@link Delta.Finished} or {@link Delta.Failed} is dropped.
 */
public interface AnswerParser {

    /** Takes the data of one event, or one line; a payload with nothing to show yields nothing. */
    void payload(String data, Consumer<Delta> out);

    /** The stream has ended, cleanly or not; hands over what was held back, and Finished if the answer is complete. */
    void end(Consumer<Delta> out);
}
