package app.patter.stream;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is due to one subscriber: notices first, then the rest of the frame under way, then whatever is committed after its
 * position, and a heartbeat if there is nothing else. What becomes due meanwhile is one frame afterwards, so a slow
 * subscriber costs no queue. Not thread-safe.
 */
final class Mailbox {

    private final boolean page;

    private long position;
    private long due;
    private boolean beat = true;
    private final Map<String, String> notices = new LinkedHashMap<>();
    private boolean ends;

    /** The frame under way; null when all of it is written. */
    private @Nullable Frame held;

    /** What is left of it to send. */
    private @Nullable FrameChunks chunks;

    /**
     * With nothing but a heartbeat.
     *
     * @param position revision that the subscriber has
     * @param page     whether it is a page, which gets long frames in parts
     */
    Mailbox(long position, boolean page) {
        this.position = position;
        this.due = position;
        this.page = page;
    }

    /**
     * One event to be sent.
     *
     * @param name     null for the end of a frame, which browsers take for a message
     * @param revision what the subscriber has with it; −1 if that stays as it is
     */
    record Mail(@Nullable String name, String text, long revision) {

        private static final long SAME = -1;

        /** Shows that the stream is alive. */
        static final Mail HEARTBEAT = named("beat", "");

        static Mail named(String name, String text) {
            return new Mail(name, text, SAME);
        }

        /** Whether the frame under way ends with it. */
        boolean endsFrame() {
            return revision != SAME;
        }
    }

    /** The conversation stands at a revision. */
    void due(long revision) {
        due = Math.max(due, revision);
    }

    /** A heartbeat is due, unless something else is sent. */
    void beat() {
        beat = true;
    }

    /**
     * A named event is due; only the latest of each name.
     *
     * @param last whether nothing is sent after the notices that are due now
     */
    void notice(String name, String text, boolean last) {
        notices.put(name, text);
        ends |= last;
    }

    /** A frame that leads on from the position. */
    void put(Frame frame) {
        if (!ends) {
            held = frame;
            chunks = page ? FrameChunks.of(frame, position) : FrameChunks.whole(frame);
            beat = false;
            position = frame.revision();
            due = Math.max(due, position);
        }
    }

    /** Drops everything; nothing is due from now on. */
    void close() {
        notices.clear();
        ends = true;
        held = null; // a send that is stuck may hold the subscriber for long
        chunks = null;
    }

    /** Takes out what is to be sent now; null if there is nothing until a frame is {@linkplain #put put} in. */
    @Nullable
    Mail next() {
        Mail notice = nextNotice();
        if (notice != null || ends) {
            return notice;
        }
        FrameChunks left = chunks;
        if (left != null) {
            String text = left.next();
            if (!left.isLast()) {
                return Mail.named("part", text);
            }
            chunks = null;
            return new Mail(null, text, position);
        }
        if (beat && !isBehind()) {
            beat = false;
            return Mail.HEARTBEAT;
        }
        return null;
    }

    private @Nullable Mail nextNotice() {
        Iterator<Map.Entry<String, String>> waiting = notices.entrySet().iterator();
        if (!waiting.hasNext()) {
            return null;
        }
        Map.Entry<String, String> first = waiting.next();
        waiting.remove();
        return Mail.named(first.getKey(), first.getValue());
    }

    /** All of the frame under way is written: it, for what is measured; null if there is none. */
    @Nullable
    Frame written() {
        Frame whole = held;
        held = null;
        return whole;
    }

    /** The frame of which not all is written; null when there is none. */
    @Nullable
    Frame held() {
        return held;
    }

    /** Whether more parts of the frame under way are due. */
    boolean isWithinFrame() {
        return chunks != null;
    }

    /** Whether something is committed that no frame has brought. */
    boolean isBehind() {
        return position < due;
    }

    /** Whether nothing is due any more, ever. */
    boolean isOver() {
        return ends && notices.isEmpty();
    }

    /** Revision that the last frame leads to. */
    long position() {
        return position;
    }

    /** Revision that the subscriber is to be brought to. */
    long due() {
        return due;
    }
}
