package app.patter.stream;

import app.patter.stream.StreamMeters.Reason;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One open page: a position in a conversation, and at most one send in flight. What becomes due while it sends is one
 * frame afterwards, so a slow reader gets fewer, larger frames and costs no queue.
 */
final class Subscriber {

    private final Subscription subscription;
    private final SseConnection connection;
    private final Pools pools;
    private final StreamMeters meters;
    private final Consumer<Subscriber> gone;
    private final long heartbeat;
    private final LongSupplier clock;
    private final long opened;

    /** Guarded by this, like all that follows. */
    private long position;

    private long due;
    /** Whether a turn is under way: something is read, rendered, sent, or rested from. The first begins with its opening. */
    private boolean sending = true;

    /** Whether an event is on its way. */
    private boolean inFlight;

    /** When the turn began, or its last send began or ended. */
    private long since;

    private boolean beat = true;
    private final Map<String, String> notices = new LinkedHashMap<>();

    /** The frame under way; null when all of it is written. */
    private @Nullable Frame held;

    /** What is left of it to send. */
    private @Nullable FrameChunks parts;

    private boolean lastNotice;
    private boolean closed;
    private long lastSent;
    private final SendBackoff rest = new SendBackoff();

    /**
     * What a reader does its work on.
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
     * @param clock   tells the time as {@link System#nanoTime()} does
     * @param gone    called once, when the reader is let go
     */
    Subscriber(
            Subscription wanted,
            Pools pools,
            StreamMeters meters,
            long heartbeat,
            LongSupplier clock,
            Consumer<Subscriber> gone) {
        this.subscription = wanted;
        this.position = wanted.position();
        this.due = position;
        this.pools = pools;
        this.meters = meters;
        this.heartbeat = heartbeat;
        this.clock = clock;
        this.opened = clock.getAsLong();
        this.lastSent = opened;
        this.since = opened;
        this.gone = gone;
        this.connection = new SseConnection(wanted, () -> drop(Reason.GONE));
    }

    Subscription subscription() {
        return subscription;
    }

    /**
     * Opens the answer towards the browser; to be called once, when those who let it go can find it. What it is told
     * before that waits until then.
     */
    void open() {
        connection.open();
        go(pools.sends(), this::take);
    }

    /** The conversation stands at a revision, all of which is committed. Never blocks. */
    void wake(long revision) {
        synchronized (this) {
            due = Math.max(due, revision);
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
            notices.put(name, text);
            lastNotice |= last;
            if (!begin()) {
                return;
            }
        }
        go(pools.sends(), this::take);
    }

    /** Shows that somebody is still here. */
    void beat() {
        synchronized (this) {
            beat = true;
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

    /** Whatever goes wrong in a step lets the reader go, for nobody would end its turn; the page comes again. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | VirtualMachineError e) {
            drop(Reason.GONE); // the database is away, or memory is short
        }
    }

    /** One turn: everything that is due, as one event or as the first part of one. */
    private void take() {
        Sending next;
        long from;
        long upTo;
        synchronized (this) {
            next = notice();
            from = position;
            upTo = due;
            if (next == null && (closed || lastNotice)) {
                sending = false;
                pools.closes().execute(() -> drop(Reason.ENDED));
                return;
            }
            if (next == null) {
                next = nextPart();
            }
            if (next == null && from >= upTo) {
                if (!beat) {
                    sending = false;
                    return;
                }
                beat = false;
                next = signOfLife();
            }
        }
        if (next != null) {
            send(next);
        } else {
            deliver(from, upTo);
        }
    }

    private Sending signOfLife() {
        OutboundSseEvent.Builder sign = event().reconnectDelay(1_000);
        return Sending.some(
                subscription.source().forPages() ? sign.name("beat").data(Long.toString(heartbeat)) : sign.comment(""));
    }

    private void deliver(long from, long upTo) {
        Optional<Frame> known = subscription.source().cached(from, upTo);
        if (known.isPresent()) {
            hold(known.get());
            take();
        } else {
            go(pools.reads(), () -> read(from));
        }
    }

    private void read(long from) {
        subscription.source().read(from).ifPresentOrElse(this::hold, this::conversationGone);
        go(pools.sends(), this::take);
    }

    private synchronized void conversationGone() {
        notices.put("gone", "deleted");
        lastNotice = true;
    }

    private synchronized void hold(Frame frame) {
        if (!closed) {
            held = frame;
            parts = subscription.source().forPages() ? FrameChunks.of(frame, position) : FrameChunks.whole(frame);
            beat = false;
            position = frame.revision();
            due = Math.max(due, position);
        }
    }

    private @Nullable Sending nextPart() {
        FrameChunks rest = parts;
        if (rest == null) {
            return null;
        }
        String text = rest.next();
        if (!rest.isLast()) {
            return Sending.some(event().name("part").data(text));
        }
        parts = null;
        return new Sending(event().id(Long.toString(position)).data(text).build(), true);
    }

    /**
     * One event to send.
     *
     * @param last whether the frame under way ends with it
     */
    private record Sending(OutboundSseEvent event, boolean last) {

        static Sending some(OutboundSseEvent.Builder event) {
            return new Sending(event.build(), false);
        }
    }

    /** Sends one event; the watchdog counts from here on. */
    private void send(Sending next) {
        synchronized (this) {
            if (closed) {
                return;
            }
            inFlight = true;
            since = clock.getAsLong();
        }
        connection.send(
                next.event(), () -> written(next.last())); // perhaps on a server's I/O thread then: only reschedule
    }

    private void written(boolean last) {
        Frame whole = null;
        long pause;
        synchronized (this) {
            if (last) {
                whole = held;
                held = null;
            }
            inFlight = false;
            lastSent = clock.getAsLong();
            pause = parts == null ? rest.after(lastSent - since) : 0;
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

    private @Nullable Sending notice() {
        Iterator<Map.Entry<String, String>> waiting = notices.entrySet().iterator();
        if (!waiting.hasNext()) {
            return null;
        }
        Map.Entry<String, String> first = waiting.next();
        waiting.remove();
        return Sending.some(event().name(first.getKey()).data(first.getValue()));
    }

    private OutboundSseEvent.Builder event() {
        return subscription.sse().newEventBuilder();
    }

    /** Nanoseconds since this reader was opened. */
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
        return held;
    }

    /** Nanoseconds since anything was sent; 0 while something is under way. */
    synchronized long silent() {
        return sending ? 0 : clock.getAsLong() - lastSent;
    }

    /** Lets go of the connection; any number of times, from any thread, without waiting for it. */
    void drop(Reason reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            held = null; // a send that is stuck may hold this reader for long
            parts = null;
            notices.clear();
        }
        meters.dropped(reason);
        gone.accept(this);
        pools.closes().execute(connection::close);
    }
}
