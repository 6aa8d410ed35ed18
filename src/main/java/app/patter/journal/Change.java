package app.patter.journal;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one save changed in one conversation, from revision − 1 to revision. Kept for a while so that readers who are up
 * to date need not ask the database.
 *
 * @param since when the oldest of its text came, as {@link System#nanoTime()}; 0 when there is none
 */
public record Change(UUID conversation, long revision, List<Part> parts, long since) {

    /**
     * What changed in one message.
     *
     * @param state the state it entered; null if it stayed
     * @param end   null unless it ended
     */
    public record Part(
            GenerationTicket message,
            List<Growth> growths,
            @Nullable MessageState state,
            @Nullable Completion end) {}

    /**
     * Text added to a run.
     *
     * @param run    ordinal of the run's first row
     * @param begins whether these are its first characters
     * @param lasted time from its first to its last character; null while it can still grow
     */
    public record Growth(
            int run,
            SegmentKind kind,
            boolean begins,
            String text,
            @Nullable Duration lasted) {}

    /** The earlier of two times that {@link System#nanoTime()} gave, either of which may be 0 for none. */
    public static long earlier(long one, long other) {
        if (one == 0 || other == 0) {
            return one == 0 ? other : one;
        }
        return one - other < 0 ? one : other;
    }

    /** Characters of text in it. */
    int size() {
        int size = 0;
        for (Part part : parts) {
            for (Growth growth : part.growths()) {
                size += growth.text().length();
            }
        }
        return size;
    }
}
