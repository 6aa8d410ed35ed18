package app.patter.journal;

import app.patter.chat.ProviderMessage;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one save writes of one message: values that stay as they are, however the answer goes on meanwhile.
 *
 * @param ticket what is written; its model is the one that answered when this was taken
 * @param state  the phase that was entered; null if it is saved already
 * @param end    null unless the message ends with it
 * @param unsure whether an earlier save failed in a way that may have written some of it
 * @param since  when the oldest of its text came, as {@link System#nanoTime()}; 0 when there is none
 */
record Snapshot(
        GenerationTicket ticket,
        List<SegmentWrite> segments,
        List<Original> originals,
        @Nullable MessageState state,
        @Nullable Completion end,
        boolean unsure,
        long since) {

    /** What a model wrote in one of its calls, in its provider's own form. */
    record Original(int call, ProviderMessage message) {}

    /** Whether there is nothing to write. */
    boolean isEmpty() {
        return segments.isEmpty() && originals.isEmpty() && state == null && end == null;
    }

    UUID conversation() {
        return ticket.conversation();
    }

    UUID message() {
        return ticket.message();
    }
}
