package app.patter.stream;

import app.patter.stream.StreamMeters.Reason;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One open page: a position in a conversation, and at most one send in flight. What becomes due while it sends is one
 * frame afterwards, so a slow reader gets fewer, larger frames and costs no queue.
 */
final class Reader {

    private final Subscription wanted;
    private final Turn turn;
    private final SseBroadcaster broadcaster;
    private final Executor sends;
    private final Executor closes;
    private final Supplier<String> running;
    private final StreamMeters meters;
    private final Consumer<Reader> gone;
    private final long heartbeat;
    private final LongSupplier clock;
    private final long opened;

    /** Guarded by this, like all that follows. */
    private long position;

    private long due;
    private boolean sending;
    private boolean beat;
    private boolean list;
    private final Map<String, String> notices = new LinkedHashMap<>();

    /** What is left of a frame under way. */
    private final Deque<Sending> parts = new ArrayDeque<>();

    private boolean lastNotice;
    private boolean closed;
    private long lastTurn;
    private final Rest rest = new Rest();

    /**
     * @param sends   runs what may block until a send times out
     * @param closes  runs what may block even longer
     * @param running the ids of the owner's conversations that are being written, separated by blanks, or a word that is none
     * @param heartbeat milliseconds after which a silent stream shows that it lives; pages are told, and count on it
     * @param clock   tells the time as {@link System#nanoTime()} does
     * @param gone    called once, when the reader is let go
     */
    Reader(
            Subscription wanted,
            Executor sends,
            Executor closes,
            Supplier<String> running,
            StreamMeters meters,
            long heartbeat,
            LongSupplier clock,
            Consumer<Reader> gone) {
        this.wanted = wanted;
        this.position = wanted.position();
        this.due = position;
        this.turn = new Turn(wanted.connection());
        this.sends = sends;
        this.closes = closes;
        this.running = running;
        this.meters = meters;
        this.heartbeat = heartbeat;
        this.clock = clock;
        this.opened = clock.getAsLong();
        this.lastTurn = opened;
        this.gone = gone;
        this.broadcaster = wanted.sse().newBroadcaster();
        broadcaster.onError((sink, failure) -> drop(Reason.GONE));
        broadcaster.onClose(sink -> drop(Reason.GONE));
        broadcaster.register(turn);
    }

    Subscription wanted() {
        return wanted;
    }

    /** The conversation stands at a revision, all of which is committed. Never blocks. */
    void wake(long revision) {
        synchronized (this) {
            due = Math.max(due, revision);
            if (!begin()) {
                return;
            }
        }
        sends.execute(this::take);
    }

    /**
     * Sends a named event without a position, such as that saving is paused.
     *
     * @param text not empty: browsers do not deliver events without data
     * @param last whether the stream ends with it
     */
    void tell(String name, String text, boolean last) {
        synchronized (this) {
            notices.put(name, text);
            lastNotice |= last;
            if (!begin()) {
                return;
            }
        }
        sends.execute(this::take);
    }

    /** Another of the owner's answers has begun or ended, which the page's list of conversations shows. */
    void tellRunning() {
        synchronized (this) {
            if (!wanted.source().forPages()) {
                return;
            }
            list = true;
            if (!begin()) {
                return;
            }
        }
        sends.execute(this::take);
    }

    /** Opens the answer towards the browser, or shows that somebody is still here. */
    void beat() {
        synchronized (this) {
            beat = true;
            if (!begin()) {
                return;
            }
        }
        sends.execute(this::take);
    }

    private boolean begin() {
        if (sending || closed) {
            return false;
        }
        sending = true;
        lastTurn = clock.getAsLong();
        return true;
    }

    /** One turn: everything that is due, as one event or as the first part of one. */
    private void take() {
        Sending next;
        try {
            next = next();
        } catch (RuntimeException e) {
            drop(Reason.GONE); // the database is away; the page comes again with its position
            return;
        }
        if (next == null) {
            return;
        }
        turn.begin(failure -> {
            if (failure == null) {
                written(next); // perhaps on a server's I/O thread now: only reschedule
            } else {
                drop(Reason.GONE);
            }
        });
        try {
            broadcaster.broadcast(next.event());
        } catch (RuntimeException e) {
            drop(Reason.GONE);
        }
    }

    private void written(Sending sent) {
        if (sent.frame() != null) {
            meters.sent(sent.frame());
        }
        long pause;
        synchronized (this) {
            pause = parts.isEmpty() ? rest.after(clock.getAsLong() - lastTurn) : 0;
            lastTurn = clock.getAsLong();
        }
        if (pause == 0) {
            sends.execute(this::take);
        } else {
            CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, sends)
                    .execute(this::take);
        }
    }

    /** One event on its way; the frame is null for one without text. */
    private record Sending(OutboundSseEvent event, @Nullable Frame frame) {}

    private @Nullable Sending next() {
        long from;
        long upTo;
        synchronized (this) {
            lastTurn = clock.getAsLong();
            OutboundSseEvent notice = notice();
            if (notice != null) {
                return new Sending(notice, null);
            }
            if (closed || lastNotice) {
                sending = false;
                closes.execute(() -> drop(Reason.ENDED));
                return null;
            }
            if (!parts.isEmpty()) {
                return parts.remove();
            }
            from = position;
            upTo = due;
            if (from >= upTo) {
                if (beat) {
                    beat = false;
                    return new Sending(signOfLife(), null);
                }
                if (!list) {
                    sending = false;
                    return null;
                }
                list = false;
            }
        }
        // No lock from here on: both ask the database, and those who wake readers must not wait for it.
        return from < upTo ? frame(from, upTo) : list();
    }

    private OutboundSseEvent signOfLife() {
        OutboundSseEvent.Builder sign = event().reconnectDelay(1_000);
        return wanted.source().forPages()
                ? sign.name("beat").data(Long.toString(heartbeat)).build()
                : sign.comment("").build();
    }

    private Sending frame(long from, long upTo) {
        Optional<Frame> frame = wanted.source().after(wanted.owner(), wanted.conversation(), from, upTo);
        synchronized (this) {
            if (frame.isEmpty()) {
                lastNotice = true;
                return new Sending(event().name("gone").data("deleted").build(), null);
            }
            beat = false;
            position = frame.get().revision();
            due = Math.max(due, position);
            String text = frame.get().data();
            List<String> all = wanted.source().forPages() ? Parts.of(from, text) : List.of(text);
            int last = all.size() - 1;
            all.subList(0, last)
                    .forEach(part -> parts.add(
                            new Sending(event().name("part").data(part).build(), null)));
            OutboundSseEvent event =
                    event().id(Long.toString(position)).data(all.get(last)).build();
            parts.add(new Sending(event, frame.get()));
            return parts.remove();
        }
    }

    private Sending list() {
        return new Sending(event().name("running").data(running.get()).build(), null);
    }

    private @Nullable OutboundSseEvent notice() {
        Iterator<Map.Entry<String, String>> waiting = notices.entrySet().iterator();
        if (!waiting.hasNext()) {
            return null;
        }
        Map.Entry<String, String> first = waiting.next();
        waiting.remove();
        return event().name(first.getKey()).data(first.getValue()).build();
    }

    private OutboundSseEvent.Builder event() {
        return wanted.sse().newEventBuilder();
    }

    /** Nanoseconds since this reader was opened. */
    long age() {
        return clock.getAsLong() - opened;
    }

    /** Nanoseconds since the send in flight began; 0 when there is none. */
    synchronized long stuck() {
        return sending ? clock.getAsLong() - lastTurn : 0;
    }

    /** Nanoseconds since anything was sent; 0 while a send is in flight. */
    synchronized long silent() {
        return sending ? 0 : clock.getAsLong() - lastTurn;
    }

    /** Lets go of the connection; any number of times, from any thread, without waiting for it. */
    void drop(Reason reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        meters.dropped(reason);
        gone.accept(this);
        closes.execute(this::close);
    }

    /** Closing a sink or a broadcaster can block for a minute on a stalled connection, ending the request does not. */
    private void close() {
        AsyncContext open = wanted.request();
        if (open != null) {
            try {
                open.complete();
                return;
            } catch (IllegalStateException e) {
                // the server has ended it already
            }
        }
        try {
            turn.close();
        } catch (RuntimeException e) {
            // it is gone, which is what we want
        }
    }
}
