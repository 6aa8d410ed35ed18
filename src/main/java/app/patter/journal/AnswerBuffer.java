package app.patter.journal;

import app.patter.chat.Prices;
import app.patter.chat.ProviderMessage;
import app.patter.chat.TokenUsage;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.ProviderMessageRow;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.SegmentRow;
import app.patter.conversation.UuidV7;
import app.patter.provider.Delta;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A message while a generation writes it: what is saved of it, and what is not yet. Any thread may write; one save at a
 * time {@linkplain #take takes} what is unsaved and reports what became of it.
 */
public final class AnswerBuffer {

    private volatile GenerationTicket ticket;
    private final long limit;
    private final Consumer<AnswerBuffer> changed;
    private final Consumer<AnswerBuffer> urgent;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** What the model wrote in its provider's own form, as far as it is not saved. */
    private final List<Original> own = new ArrayList<>();

    /** Rows that are not saved completely; at most the last is still open. */
    private final Deque<Row> unsaved = new ArrayDeque<>();

    private int nextOrdinal;
    private @Nullable SegmentKind lastKind;
    private int lastRun;
    private @Nullable OffsetDateTime runBegan;
    private final MonotonicClock clock;
    private @Nullable Row open;
    private boolean begun;
    private long waiting;
    /** When the oldest unsaved text came that no save has taken, and that the last save took: nanoTime; 0 for none. */
    private long arrived;

    private long taken;
    private @Nullable MessageState phase;
    private @Nullable MessageState entered;
    private @Nullable Completion end;
    private @Nullable TokenUsage used;
    private boolean unsure;
    private boolean over;
    private @Nullable Runnable room;

    /** What waits until everything is saved. */
    private final List<Runnable> settled = new ArrayList<>();

    /**
     * @param clock tells the times of its text, by the same clock from its first to its last
     * @param limit   characters that may wait to be saved before {@link #whenRoom} holds back
     * @param changed called after each change, without a lock; must be quick
     * @param urgent  called instead after the message's first token and after its end
     */
    AnswerBuffer(
            GenerationTicket ticket,
            long limit,
            MonotonicClock clock,
            Consumer<AnswerBuffer> changed,
            Consumer<AnswerBuffer> urgent) {
        this.ticket = ticket;
        this.clock = clock;
        this.limit = limit;
        this.changed = changed;
        this.urgent = urgent;
        this.nextOrdinal = ticket.ordinal();
        this.lastKind = ticket.lastKind();
        this.lastRun = ticket.lastRun();
        this.used = ticket.used();
    }

    /** What is written; its model changes when another one answers instead. */
    public GenerationTicket ticket() {
        return ticket;
    }

    /** Adds text at the end; nothing happens once the message has ended. Empty text is ignored, blanks are not. */
    public void append(SegmentKind kind, String text) {
        append(kind, text, false);
    }

    /** The same, as a run of its own even if the one before is of the same kind. */
    public void begin(SegmentKind kind, String text) {
        append(kind, text, true);
    }

    private void append(SegmentKind kind, String text, boolean begins) {
        boolean first;
        synchronized (this) {
            if (over || end != null || text.isEmpty()) {
                return;
            }
            first = !begun;
            begun = true;
            if (arrived == 0) {
                arrived = System.nanoTime();
            }
            if (begins) {
                close();
                lastKind = null;
            }
            add(kind, text);
        }
        (first ? urgent : changed).accept(this);
    }

    private void add(SegmentKind kind, String text) {
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
        unsaved.add(row);
        return row;
    }

    private void close() {
        Row row = open;
        if (row != null) {
            row.closed = clock.now();
            open = null;
        }
    }

    /** Notes the phase of the generation; saved with the next text. Saying the same again costs nothing. */
    public void enter(MessageState next) {
        synchronized (this) {
            if (over || end != null || next == phase) {
                return;
            }
            phase = next;
            entered = next;
        }
        changed.accept(this);
    }

    /**
     * Keeps what the model wrote in its provider's own form, to be saved with the next text. Not kept by the last save of
     * all, when Patter is being stopped: the text has to do then.
     *
     * @param round of the answer, from 0
     */
    public void keep(int round, ProviderMessage message) {
        synchronized (this) {
            if (over || end != null || !ProviderMessageRow.fits(message)) {
                return;
            }
            own.add(new Original(round, message));
        }
        changed.accept(this);
    }

    /**
     * Runs {@code next} when everything is saved that was written before, at once if it is; never if the message ends
     * first. On the thread that saved, which must not be held.
     */
    public void whenSaved(Runnable next) {
        synchronized (this) {
            if (!isSaved()) {
                settled.add(next);
                return;
            }
        }
        next.run();
    }

    private boolean isSaved() {
        return unsaved.stream().allMatch(Row::isSaved) && own.isEmpty() && entered == null && end == null;
    }

    /** Another model writes the message from now on; saved with the phase that is entered next. */
    public synchronized void answeredBy(String model) {
        ticket = ticket.by(model);
        phase = null;
    }

    /** Counts a call of a model; saved with the end. */
    public synchronized void uses(Delta.Usage call, @Nullable Prices prices) {
        used = TokenUsage.of(used, call.tokens(), prices);
    }

    /**
     * Ends the message; only the first end counts.
     *
     * @return completes when the end is saved or refused, on the thread that saved
     */
    public CompletionStage<Outcome> end(Completion how) {
        synchronized (this) {
            if (over || end != null) {
                return outcome;
            }
            close();
            end = how.with(used);
        }
        urgent.accept(this);
        return outcome;
    }

    /** How its generation ended it; null while it is being written. */
    public synchronized @Nullable Completion completion() {
        return end;
    }

    /** Completes when the end of this message is in the database, or somebody else has taken it over. */
    public CompletionStage<Outcome> outcome() {
        return outcome;
    }

    /** Runs {@code next} at once, or when enough of the unsaved text has been saved. One may wait at a time. */
    public void whenRoom(Runnable next) {
        synchronized (this) {
            if (waiting > limit && !over) {
                room = next;
                return;
            }
        }
        next.run();
    }

    /** Characters that are not saved yet. */
    synchronized long waiting() {
        return waiting;
    }

    /** What a save has to write now; null if there is nothing. */
    synchronized @Nullable Snapshot take() {
        if (over) {
            return null;
        }
        List<Write> writes = new ArrayList<>();
        for (Row row : unsaved) {
            String text = row.text.toString();
            if (text.length() > row.saved || !Objects.equals(row.closed, row.savedClosed)) {
                writes.add(new Write(row, text, row.saved, row.inserted, row.closed, since(row)));
            }
        }
        if (taken == 0) {
            taken = arrived;
        }
        arrived = 0;
        MessageState state = entered;
        Completion last = end;
        return writes.isEmpty() && state == null && last == null && own.isEmpty()
                ? null
                : new Snapshot(this, writes, List.copyOf(own), state, last, unsure, taken);
    }

    private static @Nullable Duration since(Row row) {
        OffsetDateTime closed = row.closed;
        return closed == null ? null : MonotonicClock.between(row.runBegan, closed);
    }

    /** The change is in the database. */
    void saved(Snapshot change) {
        Runnable next = null;
        List<Runnable> after = List.of();
        boolean ended = change.end() != null;
        synchronized (this) {
            unsure = false;
            taken = 0;
            for (Write write : change.writes()) {
                Row row = write.row();
                waiting -= write.text().length() - row.saved;
                row.saved = write.text().length();
                row.inserted = true;
                row.savedClosed = write.closed();
            }
            unsaved.removeIf(row -> row != open && row.isSaved());
            own.removeAll(change.own());
            if (entered == change.state()) {
                entered = null;
            }
            over |= ended;
            if (waiting <= limit || over) {
                next = room;
                room = null;
            }
            if (isSaved()) {
                after = List.copyOf(settled);
                settled.clear();
            }
        }
        try {
            if (next != null) {
                next.run();
            }
            after.forEach(Runnable::run);
        } finally {
            if (ended) {
                outcome.complete(Outcome.SAVED);
            }
        }
    }

    /** Whether everything that a save took is known to be in the database or not. */
    synchronized boolean isSure() {
        return !unsure;
    }

    /** The save failed; it may have reached the database all the same, as when the connection broke at the commit. */
    synchronized void failed() {
        unsure = true;
    }

    /** The database knows a higher fence, or an end: somebody else has taken the message over. */
    void refused() {
        Runnable next;
        synchronized (this) {
            over = true;
            unsaved.clear();
            waiting = 0;
            next = room;
            room = null;
        }
        if (next != null) {
            next.run();
        }
        outcome.complete(Outcome.REFUSED);
    }

    /** What became of a message. */
    public enum Outcome {
        /** Its text and its end are in the database. */
        SAVED,
        /** Somebody else ended it or took it over; what was not saved by then is dropped. */
        REFUSED
    }

    /**
     * What one save writes of one message.
     *
     * @param unsure whether an earlier save failed in a way that may have written some of it
     * @param since  when the oldest of its text came, as {@link System#nanoTime()}; 0 when there is none
     */
    record Snapshot(
            AnswerBuffer buffer,
            List<Write> writes,
            List<Original> own,
            @Nullable MessageState state,
            @Nullable Completion end,
            boolean unsure,
            long since) {}

    /** What a model wrote in one round, in its provider's own form. */
    record Original(int round, ProviderMessage message) {}

    /**
     * One row as it has to be after the save.
     *
     * @param from characters of it that are saved already
     */
    record Write(
            Row row,
            String text,
            int from,
            boolean inserted,
            @Nullable OffsetDateTime closed,
            @Nullable Duration lasted) {}

    /** A segment's row; guarded by its draft but for the final fields. */
    static final class Row {
        final UUID id = UuidV7.next();
        final int ordinal;
        final int run;
        final SegmentKind kind;
        final boolean continues;
        final OffsetDateTime created;
        private final OffsetDateTime runBegan;
        private final StringBuilder text = new StringBuilder();
        private @Nullable OffsetDateTime closed;
        private @Nullable OffsetDateTime savedClosed;
        private int saved;
        private boolean inserted;

        private boolean isSaved() {
            return saved == text.length() && Objects.equals(closed, savedClosed);
        }

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
    }
}
