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

    private final TreeMap<Integer, AnswerBuffer.Write> rows = new TreeMap<>();
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
                        write.row().ordinal,
                        write.row().kind,
                        write.row().continues,
                        write.text(),
                        1,
                        write.row().created,
                        write.closed())));
        return Segment.of(segments);
    }

    /** Refuses what is written, as the database does when somebody else has taken the message over. */
    public void refuse() {
        buffer.refused();
    }

    private synchronized void save() {
        AnswerBuffer.Snapshot change = buffer.take();
        if (change != null) {
            change.writes().forEach(write -> rows.put(write.row().ordinal, write));
            buffer.saved(change);
        }
    }
}
