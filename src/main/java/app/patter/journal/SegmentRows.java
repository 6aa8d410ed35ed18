package app.patter.journal;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.SegmentRow;
import app.patter.conversation.UuidV7;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes rows of a message's text, and keeps those that are not saved completely. Not thread-safe. */
final class SegmentRows {

    private final MonotonicClock clock;

    /** Rows that are not saved completely, by their ordinals and in that order; at most the last is still open. */
    private final Map<Integer, Row> unsaved = new LinkedHashMap<>();

    private int nextOrdinal;
    private @Nullable SegmentKind lastKind;
    private int lastRun;
    private @Nullable OffsetDateTime runBegan;
    private @Nullable Row open;
    private long waiting;

    /**
     * @param ticket says where the text ends that is there already
     * @param clock  tells the times of the text, by the same clock from its first to its last
     */
    SegmentRows(GenerationTicket ticket, MonotonicClock clock) {
        this.clock = clock;
        this.nextOrdinal = ticket.ordinal();
        this.lastKind = ticket.lastKind();
        this.lastRun = ticket.lastRun();
    }

    /** Adds text at the end, in the same segment if that is of the same kind. */
    void append(SegmentKind kind, String text) {
        waiting += text.length();
        for (int from = 0, to; from < text.length(); from = to) {
            Row row = rowFor(kind);
            int space = Math.max(1, SegmentRow.ROW - row.text.length());
            to = Math.min(text.length(), from + space);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to++;
            }
            row.text.append(text, from, to);
        }
    }

    private Row rowFor(SegmentKind kind) {
        Row row = open;
        if (row != null && row.kind == kind && row.text.length() < SegmentRow.ROW) {
            return row;
        }
        close();
        boolean continues = kind == lastKind;
        int run = continues ? lastRun : nextOrdinal;
        OffsetDateTime now = clock.now();
        runBegan = continues && runBegan != null ? runBegan : now;
        row = new Row(nextOrdinal++, run, kind, continues, now, runBegan);
        open = row;
        lastKind = kind;
        lastRun = run;
        unsaved.put(row.ordinal, row);
        return row;
    }

    /** The last row grows no more. */
    void close() {
        Row row = open;
        if (row != null) {
            row.closed = clock.now();
            open = null;
        }
    }

    /** The last segment grows no more: what comes next is one of its own, even of the same kind. */
    void closeSegment() {
        close();
        lastKind = null;
    }

    /** Characters that are not saved. */
    long waiting() {
        return waiting;
    }

    boolean isSaved() {
        return unsaved.values().stream().allMatch(Row::isSaved);
    }

    /** What a save has to write now, in the order of the ordinals. */
    List<SegmentWrite> writes() {
        List<SegmentWrite> writes = new ArrayList<>();
        for (Row row : unsaved.values()) {
            if (!row.isSaved()) {
                writes.add(row.write());
            }
        }
        return writes;
    }

    /** These are in the database. Rows that an earlier call has let go do not matter. */
    void saved(List<SegmentWrite> writes) {
        for (SegmentWrite write : writes) {
            Row row = unsaved.get(write.ordinal());
            if (row != null) {
                waiting -= write.text().length() - row.saved;
                row.saved(write);
            }
        }
        unsaved.values().removeIf(row -> row != open && row.isSaved());
    }

    /** Drops what is not saved. */
    void clear() {
        unsaved.clear();
        waiting = 0;
    }

    private static final class Row {
        private final UUID id = UuidV7.next();
        private final int ordinal;
        private final int run;
        private final SegmentKind kind;
        private final boolean continues;
        private final OffsetDateTime created;
        private final OffsetDateTime runBegan;
        private final StringBuilder text = new StringBuilder();
        private @Nullable OffsetDateTime closed;
        private @Nullable OffsetDateTime savedClosed;
        private int saved;
        private boolean inserted;

        private Row(
                int ordinal,
                int run,
                SegmentKind kind,
                boolean continues,
                OffsetDateTime created,
                OffsetDateTime runBegan) {
            this.ordinal = ordinal;
            this.run = run;
            this.kind = kind;
            this.continues = continues;
            this.created = created;
            this.runBegan = runBegan;
        }

        private boolean isSaved() {
            return saved == text.length() && Objects.equals(closed, savedClosed);
        }

        private SegmentWrite write() {
            Duration lasted = closed == null ? null : MonotonicClock.between(runBegan, closed);
            return new SegmentWrite(
                    id, ordinal, run, kind, continues, created, text.toString(), saved, inserted, closed, lasted);
        }

        private void saved(SegmentWrite write) {
            saved = write.text().length();
            inserted = true;
            savedClosed = write.closed();
        }
    }
}
