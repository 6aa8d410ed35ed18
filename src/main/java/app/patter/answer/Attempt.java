package app.patter.answer;

import app.patter.chat.ToolSpec;
import java.util.List;
import java.util.Set;

/**
 * One time that one model is asked for one round of an answer.
 *
 * @param model     its id
 * @param round     number of the round in the answer, from 0
 * @param began     when the round began, as {@link System#nanoTime()}
 * @param tools     those that the model was told of
 * @param taken     ids that calls of this answer have already
 * @param continues whether the model goes on from text that is there already
 * @param first     whether nothing has been written yet since the generation began
 */
record Attempt(
        String model,
        int round,
        long began,
        List<ToolSpec> tools,
        Set<String> taken,
        boolean continues,
        boolean first) {

    /** Whether the model was told of any. */
    boolean hasTools() {
        return !tools.isEmpty();
    }
}
