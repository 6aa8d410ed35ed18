package app.patter.stream;

import app.patter.stream.Mailbox.Mail;
import app.patter.stream.StreamMeters.Reason;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One open stream: takes what is due from its {@link Mailbox} and sends it, at most one event in flight. Whoever has news
 * only puts it there; one turn after the other takes it out. Thread-safe.
 */
final class Subscriber {

    private final Subscription subscription;
    private final SseConnection connection;
    private final Pools pools;
    private final StreamMeters meters;
    private final Consumer<Subscriber> gone;
    private final LongSupplier clock;
    private final long opened;

    /** Guarded by this, like all that follows. */
    private final Mailbox mailbox;

    /** Whether a turn is under way: something is read, rendered, sent, or rested from. The first begins with its opening. */
    private boolean sending = true;

    /** Whether an event is on its way. */
    private boolean inFlight;

    /** When the turn began, or its last send began or ended. */
    private long since;

    private boolean closed;
    private long lastSent;
    private final SendBackoff rest = new SendBackoff();

    /**
     * What a subscriber does its work on.
     *
     * @param sends  runs what may block until a send times out
     * @param reads  runs what asks the database; apart from sends, which a database that stands still must not hold up
     * @param closes runs what may block even longer
     */
    record Pools(Executor sends, Executor reads, Executor closes, Later later) {}

    /** Hands work to an executor after so many nanoseconds. */
    interface Later {
        void execute(Executor executor, Runnable work, long nanoseconds);
    }

    /**
     * @param heartbeat milliseconds after which a silent stream shows that it lives; pages are told, and count on it
     * @param clock     tells the time as {@link System#nanoTime()} does
     * @param gone      called once, when the subscriber is dropped
     */
    Subscriber(
            Subscription wanted,
            Pools pools,
            StreamMeters meters,
            long heartbeat,
            LongSupplier clock,
            Consumer<Subscriber> gone) {
        this.subscription = wanted;
        this.mailbox = new Mailbox(wanted.position(), wanted.source().forPages());
        this.pools = pools;
        this.meters = meters;
        this.clock = clock;
        this.opened = clock.getAsLong();
        this.lastSent = opened;
        this.since = opened;
        this.gone = gone;
        this.connection = new SseConnection(wanted, heartbeat, () -> drop(Reason.GONE));
    }

    Subscription subscription() {
        return subscription;
    }

    /**
     * Opens the answer towards the browser; to be called once, when those who drop it can find it. What it is told before
     * that waits until then.
     */
    void open() {
        connection.open();
        go(pools.sends(), this::take);
    }

    /** The conversation stands at a revision, all of which is committed. Never blocks. */
    void wake(long revision) {
        synchronized (this) {
            mailbox.due(revision);
            if (!begin()) {
                return;
            }
        }
        go(pools.sends(), this::take);
    }

    /**
     * Sends a named event without a position, such as that saving is paused.
     *
     * @param text not empty: browsers do not deliver events without data
     * @param last whether the stream ends with it
     */
    void notice(String name, String text, boolean last) {
        synchronized (this) {
            mailbox.notice(name, text, last);
            if (!begin()) {
                return;
            }
        }
        go(pools.sends(), this::take);
    }

    /** Sends a heartbeat. */
    void beat() {
        synchronized (this) {
            mailbox.beat();
            if (!begin()) {
                return;
            }
        }
        go(pools.sends(), this::take);
    }

    private boolean begin() {
        if (sending || closed) {
            return false;
        }
        sending = true;
        since = clock.getAsLong();
        return true;
    }

    private void go(Executor pool, Runnable step) {
        pool.execute(() -> attempt(step));
    }

    /** Whatever goes wrong in a step drops the subscriber, for nobody would end its turn; the page comes again. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | VirtualMachineError e) {
            drop(Reason.GONE); // the database is away, or memory is short
        }
    }

    /** One turn: everything that is due, as one event or as the first part of one. */
    private void take() {
        Mail next;
        long from;
        long upTo;
        synchronized (this) {
            next = mailbox.next();
            from = mailbox.position();
            upTo = mailbox.due();
            if (next == null && mailbox.isOver()) {
                sending = false;
                pools.closes().execute(() -> drop(Reason.ENDED));
                return;
            }
            if (next == null && !mailbox.isBehind()) {
                sending = false;
                return;
            }
        }
        if (next != null) {
            send(next);
        } else {
            deliver(from, upTo);
        }
    }

    private void deliver(long from, long upTo) {
        Optional<Frame> known = subscription.source().cached(from, upTo);
        if (known.isPresent()) {
            put(known.get());
            take();
        } else {
            go(pools.reads(), () -> read(from));
        }
    }

    private void read(long from) {
        subscription.source().read(from).ifPresentOrElse(this::put, this::conversationGone);
        go(pools.sends(), this::take);
    }

    private synchronized void conversationGone() {
        mailbox.notice("gone", "deleted", true);
    }

    private synchronized void put(Frame frame) {
        mailbox.put(frame);
    }

    /** Sends one event; the watchdog counts from here on. */
    private void send(Mail next) {
        synchronized (this) {
            if (closed) {
                return;
            }
            inFlight = true;
            since = clock.getAsLong();
        }
        connection.send(
                next, () -> written(next.endsFrame())); // perhaps on a server's I/O thread then: only reschedule
    }

    private void written(boolean endsFrame) {
        Frame whole;
        long pause;
        synchronized (this) {
            whole = endsFrame ? mailbox.written() : null;
            inFlight = false;
            lastSent = clock.getAsLong();
            pause = mailbox.isWithinFrame() ? 0 : rest.after(lastSent - since);
            since = lastSent;
        }
        if (whole != null) {
            meters.sent(whole);
        }
        if (pause == 0) {
            go(pools.sends(), this::take);
        } else {
            pools.later().execute(pools.sends(), () -> attempt(this::take), pause);
        }
    }

    /** Nanoseconds since this subscriber was opened. */
    long age() {
        return clock.getAsLong() - opened;
    }

    /** Nanoseconds since the send in flight began; 0 when there is none, however long something is queued or read. */
    synchronized long stuck() {
        return inFlight ? clock.getAsLong() - since : 0;
    }

    /** Nanoseconds for which it has waited for a thread, for what it reads, or to rest; 0 when it does not wait. */
    synchronized long waiting() {
        return sending && !inFlight ? clock.getAsLong() - since : 0;
    }

    /** The frame of which not all is written; null when there is none. */
    synchronized @Nullable Frame held() {
        return mailbox.held();
    }

    /** Nanoseconds since anything was sent; 0 while something is under way. */
    synchronized long silent() {
        return sending ? 0 : clock.getAsLong() - lastSent;
    }

    /** Drops the connection; any number of times, from any thread, without waiting for it. */
    void drop(Reason reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            mailbox.close();
        }
        meters.dropped(reason);
        gone.accept(this);
        pools.closes().execute(connection::end);
    }
}
