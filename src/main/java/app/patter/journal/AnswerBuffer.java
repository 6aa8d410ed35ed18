package app.patter.journal;

import app.patter.chat.Prices;
import app.patter.chat.ProviderMessage;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.provider.Delta;
import java.util.List;
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

    /** Guarded by this, like all that follows. */
    private final SegmentRows rows;

    private final SaveCursor cursor = new SaveCursor();
    private final Ending ending;
    private final Waiters waiters = new Waiters();
    private boolean begun;

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
        this.limit = limit;
        this.changed = changed;
        this.urgent = urgent;
        this.rows = new SegmentRows(ticket, clock);
        this.ending = new Ending(ticket.used());
    }

    /** What is written; its model changes when another one answers instead. */
    public GenerationTicket ticket() {
        return ticket;
    }

    /** Adds text at the end; nothing happens once the message has ended. Empty text is ignored, blanks are not. */
    public void append(SegmentKind kind, String text) {
        append(kind, text, false);
    }

    /** The same, as a segment of its own even if the one before is of the same kind. */
    public void begin(SegmentKind kind, String text) {
        append(kind, text, true);
    }

    private void append(SegmentKind kind, String text, boolean begins) {
        boolean first;
        synchronized (this) {
            if (ending.isEnding() || text.isEmpty()) {
                return;
            }
            first = !begun;
            begun = true;
            cursor.arrived();
            if (begins) {
                rows.closeSegment();
            }
            rows.append(kind, text.replace('\u0000', '\uFFFD')); // which PostgreSQL refuses
        }
        (first ? urgent : changed).accept(this);
    }

    /** Notes the phase of the generation; saved with the next text. Saying the same again costs nothing. */
    public void enter(MessageState next) {
        synchronized (this) {
            if (ending.isEnding() || !cursor.enter(next)) {
                return;
            }
        }
        changed.accept(this);
    }

    /**
     * Keeps what the model wrote in its provider's own form, to be saved with the next text. Not kept by the last save of
     * all, when Patter is being stopped: the text has to do then.
     *
     * @param call the model call of the answer, from 0
     */
    public void keep(int call, ProviderMessage message) {
        synchronized (this) {
            if (ending.isEnding() || !cursor.keep(call, message)) {
                return;
            }
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
                waiters.forSave(next);
                return;
            }
        }
        next.run();
    }

    private boolean isSaved() {
        return rows.isSaved() && cursor.isSaved() && ending.how() == null;
    }

    /** Another model writes the message from now on; saved with the phase that is entered next. */
    public synchronized void answeredBy(String model) {
        ticket = ticket.by(model);
        cursor.forgetPhase();
    }

    /** Counts a call of a model; saved with the end. */
    public synchronized void uses(Delta.Usage call, @Nullable Prices prices) {
        ending.uses(call.tokens(), prices);
    }

    /**
     * Ends the message; only the first end counts.
     *
     * @return completes when the end is saved or refused, on the thread that saved
     */
    public CompletionStage<Outcome> end(Completion how) {
        synchronized (this) {
            if (ending.isEnding()) {
                return outcome();
            }
            rows.close();
            ending.end(how);
        }
        urgent.accept(this);
        return outcome();
    }

    /** How its generation ended it; null while it is being written. */
    public synchronized @Nullable Completion completion() {
        return ending.how();
    }

    /** Completes when the end of this message is in the database, or another generation has taken it over. */
    public CompletionStage<Outcome> outcome() {
        return ending.outcome();
    }

    /** Runs {@code next} at once, or when enough of the unsaved text has been saved. One may wait at a time. */
    public void whenRoom(Runnable next) {
        synchronized (this) {
            if (!hasRoom()) {
                waiters.forRoom(next);
                return;
            }
        }
        next.run();
    }

    private boolean hasRoom() {
        return rows.waiting() <= limit || ending.isOver();
    }

    /** Characters that are not saved yet. */
    synchronized long waiting() {
        return rows.waiting();
    }

    /** What a save has to write now; null if there is nothing. */
    synchronized @Nullable Snapshot take() {
        if (ending.isOver()) {
            return null;
        }
        Snapshot change = new Snapshot(
                ticket,
                rows.writes(),
                cursor.originals(),
                cursor.entered(),
                ending.how(),
                !cursor.isSure(),
                cursor.take());
        return change.isEmpty() ? null : change;
    }

    /** The change is in the database. */
    void saved(Snapshot change) {
        List<Runnable> due;
        boolean ended = change.end() != null;
        synchronized (this) {
            rows.saved(change.segments());
            cursor.saved(change);
            if (ended) {
                ending.over();
            }
            due = waiters.due(hasRoom(), isSaved());
        }
        try {
            run(due);
        } finally {
            if (ended) {
                ending.outcome().complete(Outcome.SAVED);
            }
        }
    }

    /** One that fails does not keep the others from what they wait for. */
    private static void run(List<Runnable> due) {
        RuntimeException failure = null;
        for (Runnable next : due) {
            try {
                next.run();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether everything that a save took is known to be in the database or not. */
    synchronized boolean isSure() {
        return cursor.isSure();
    }

    /** The save failed; it may have reached the database anyway, as when the connection broke at the commit. */
    synchronized void failed() {
        cursor.failed();
    }

    /** The database knows a higher fence, or an end: another generation, or a Stop, has taken the message over. */
    void refused() {
        List<Runnable> due;
        synchronized (this) {
            ending.over();
            rows.clear();
            due = waiters.due(true, false);
        }
        run(due);
        ending.outcome().complete(Outcome.REFUSED);
    }

    /** What became of a message. */
    public enum Outcome {
        /** Its text and its end are in the database. */
        SAVED,
        /** Another generation took it over, or it was ended or deleted; what was not saved by then is dropped. */
        REFUSED
    }
}
