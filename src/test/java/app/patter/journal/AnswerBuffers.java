package app.patter.journal;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** A draft without a database, for tests of those who write. */
public final class AnswerBuffers {

    private final TreeMap<Integer, SegmentWrite> rows = new TreeMap<>();
    private final AnswerBuffer buffer;

    public AnswerBuffers(GenerationTicket ticket) {
        buffer = new AnswerBuffer(ticket, 1_000_000, MonotonicClock.fromNow(), changed -> {}, urgent -> {});
    }

    private AnswerBuffers(GenerationTicket ticket, boolean saving) {
        buffer = new AnswerBuffer(ticket, 1_000_000, MonotonicClock.fromNow(), changed -> save(), urgent -> save());
    }

    /** One that is saved at once, whenever it changes. */
    public static AnswerBuffers saving(GenerationTicket ticket) {
        return new AnswerBuffers(ticket, true);
    }

    public AnswerBuffer draft() {
        return buffer;
    }

    /** Saves everything, and reads it as a page would. */
    public synchronized List<Segment> runs() {
        save();
        List<SegmentRow> segments = new ArrayList<>();
        rows.values()
                .forEach(write -> segments.add(new SegmentRow(
                        UUID.randomUUID(),
                        buffer.ticket().message(),
                        write.ordinal(),
                        write.kind(),
                        write.continues(),
                        write.text(),
                        1,
                        write.created(),
                        write.closed())));
        return Segment.of(segments);
    }

    /** Refuses what is written, as the database does when somebody else has taken the message over. */
    public void refuse() {
        buffer.refused();
    }

    private synchronized void save() {
        Snapshot change = buffer.take();
        if (change != null) {
            change.segments().forEach(write -> rows.put(write.ordinal(), write));
            buffer.saved(change);
        }
    }
}
