package app.patter.conversation;

import app.patter.chat.TokenUsage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An assistant's message that a generation has to write.
 *
 * @param sequence the message's position in its conversation
 * @param fence    what every save must show; a higher one in the database means that somebody took the message over
 * @param model    id of the model to ask
 * @param ordinal  ordinal of the next segment row
 * @param lastKind kind of the run that is already there at the end; null when the message is empty
 * @param round    number of the {@link ModelCall} to go on with or to begin, from 0
 * @param lastRun  ordinal of that run's first row; −1 when the message is empty
 * @param used     what the answer has used before; null if nobody has counted
 */
public record GenerationTicket(
        UUID conversation,
        UUID message,
        long sequence,
        long fence,
        String model,
        int ordinal,
        @Nullable SegmentKind lastKind,
        int lastRun,
        int round,
        @Nullable TokenUsage used) {

    /** The same, to be written by another model. */
    public GenerationTicket by(String otherModel) {
        return new GenerationTicket(
                conversation, message, sequence, fence, otherModel, ordinal, lastKind, lastRun, round, used);
    }
}
