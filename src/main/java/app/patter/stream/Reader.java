package app.patter.stream;

import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One open page: a position in a conversation, and at most one send in flight. What becomes due while it sends is one
 * frame afterwards, so a slow reader gets fewer, larger frames and costs no queue.
 */
final class Reader {

    private final UUID owner;
    private final UUID conversation;
    private final Source source;
    private final Sse sse;
    private final Turn turn;
    private final SseBroadcaster broadcaster;
    private final Executor sends;
    private final Executor closes;
    private final @Nullable AsyncContext request;
    private final Consumer<Reader> gone;
    private final long opened = System.nanoTime();

    /** Guarded by this, like all that follows. */
    private long position;

    private long due;
    private boolean sending;
    private boolean beat;
    private @Nullable OutboundSseEvent notice;
    private boolean lastNotice;
    private boolean closed;
    private long lastTurn = System.nanoTime();

    Reader(
            UUID owner,
            UUID conversation,
            long position,
            Source source,
            Sse sse,
            SseEventSink connection,
            @Nullable AsyncContext request,
            Executor sends,
            Executor closes,
            Consumer<Reader> gone) {
        this.owner = owner;
        this.conversation = conversation;
        this.position = position;
        this.due = position;
        this.source = source;
        this.sse = sse;
        this.turn = new Turn(connection);
        this.request = request;
        this.sends = sends;
        this.closes = closes;
        this.gone = gone;
        this.broadcaster = sse.newBroadcaster();
        broadcaster.onError((sink, failure) -> drop());
        broadcaster.onClose(sink -> drop());
        broadcaster.register(turn);
    }

    UUID conversation() {
        return conversation;
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

    /** Sends a named event without a position, such as that saving is paused; the last one ends the stream. */
    void tell(String name, String text, boolean last) {
        synchronized (this) {
            notice = sse.newEventBuilder().name(name).data(text).build();
            lastNotice |= last;
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
        lastTurn = System.nanoTime();
        return true;
    }

    /** One turn: everything that is due, as one event. */
    private void take() {
        OutboundSseEvent event;
        try {
            event = next();
        } catch (RuntimeException e) {
            drop(); // the database is away; the page comes again with its position
            return;
        }
        if (event == null) {
            return;
        }
        turn.begin(failure -> {
            if (failure == null) {
                sends.execute(this::take); // perhaps on a server's I/O thread now: only reschedule
            } else {
                drop();
            }
        });
        try {
            broadcaster.broadcast(event);
        } catch (RuntimeException e) {
            drop();
        }
    }

    private @Nullable OutboundSseEvent next() {
        long from;
        long upTo;
        synchronized (this) {
            lastTurn = System.nanoTime();
            OutboundSseEvent first = notice;
            if (first != null) {
                notice = null;
                return first;
            }
            if (closed || lastNotice) {
                sending = false;
                closes.execute(this::drop);
                return null;
            }
            if (due <= position) {
                return beatOrRest();
            }
            from = position;
            upTo = due;
        }
        Optional<Frame> frame = source.after(owner, conversation, from, upTo);
        synchronized (this) {
            if (frame.isEmpty()) {
                lastNotice = true;
                return sse.newEventBuilder().name("gone").data("deleted").build();
            }
            beat = false;
            position = frame.get().revision();
            due = Math.max(due, position);
            return sse.newEventBuilder()
                    .id(Long.toString(position))
                    .data(frame.get().data())
                    .build();
        }
    }

    private @Nullable OutboundSseEvent beatOrRest() {
        if (beat) {
            beat = false;
            return sse.newEventBuilder().comment("").reconnectDelay(1_000).build();
        }
        sending = false;
        return null;
    }

    /** Nanoseconds since this reader was opened. */
    long age() {
        return System.nanoTime() - opened;
    }

    /** Nanoseconds since the send in flight began; 0 when there is none. */
    synchronized long stuck() {
        return sending ? System.nanoTime() - lastTurn : 0;
    }

    /** Nanoseconds since anything was sent; 0 while a send is in flight. */
    synchronized long silent() {
        return sending ? 0 : System.nanoTime() - lastTurn;
    }

    /** Lets go of the connection; any number of times, from any thread, without waiting for it. */
    void drop() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        gone.accept(this);
        closes.execute(this::close);
    }

    /** Closing a sink or a broadcaster can block for a minute on a stalled connection, ending the request does not. */
    private void close() {
        AsyncContext open = request;
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
