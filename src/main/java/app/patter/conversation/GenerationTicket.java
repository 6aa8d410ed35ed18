package app.patter.conversation;

import app.patter.chat.TokenUsage;
import java.util.List;
import java.util.Objects;
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

    /** For an answer that is still empty. */
    static GenerationTicket first(Message answer) {
        return new GenerationTicket(
                answer.conversation(),
                answer.id(),
                answer.sequence(),
                answer.fence(),
                model(answer),
                0,
                null,
                -1,
                0,
                null);
    }

    /**
     * For an answer that goes on under its next fence.
     *
     * @param rows all it has, in order
     */
    static GenerationTicket next(Message answer, List<SegmentRow> rows) {
        List<Segment> segments = Segment.of(rows);
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        int rounds = ModelCall.of(segments).size();
        return new GenerationTicket(
                answer.conversation(),
                answer.id(),
                answer.sequence(),
                answer.fence() + 1,
                model(answer),
                rows.isEmpty() ? 0 : rows.get(rows.size() - 1).ordinal() + 1,
                last == null ? null : last.kind(),
                last == null ? -1 : last.ordinal(),
                last == null || isTool(last.kind()) ? rounds : rounds - 1,
                answer.used());
    }

    private static String model(Message answer) {
        return Objects.requireNonNull(answer.model(), "answers have a model");
    }

    private static boolean isTool(@Nullable SegmentKind kind) {
        return kind == SegmentKind.TOOL_CALL || kind == SegmentKind.TOOL_RESULT;
    }

    /** Whether a new {@link ModelCall} begins with it, because the last one's tools were called. */
    boolean continuesAfterTools() {
        return isTool(lastKind);
    }

    /** The same, to be written by another model. */
    public GenerationTicket by(String otherModel) {
        return new GenerationTicket(
                conversation, message, sequence, fence, otherModel, ordinal, lastKind, lastRun, round, used);
    }
}
