package app.patter.stream;

import app.patter.stream.Mailbox.Mail;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open connection of one subscriber: a broadcaster of its own, to which one event at a time is given, and the sink that
 * this broadcaster sends to. What a broadcaster answers does not tell when an event is written (Jersey's is complete at
 * once), so the sink reports it.
 */
final class SseConnection implements SseEventSink {

    /** Milliseconds after which a browser that has lost its connection comes again. */
    private static final int RECONNECT = 1_000;

    private final Subscription wanted;
    private final String heartbeat;
    private final SseBroadcaster broadcaster;
    private final Runnable broken;
    private volatile Consumer<@Nullable Throwable> done = failure -> {};

    /**
     * @param heartbeat milliseconds after which a silent stream shows that it lives; pages are told, and count on it
     * @param broken    called when the connection is found to be gone; perhaps more than once, on any thread
     */
    SseConnection(Subscription wanted, long heartbeat, Runnable broken) {
        this.wanted = wanted;
        this.heartbeat = Long.toString(heartbeat);
        this.broken = broken;
        this.broadcaster = wanted.sse().newBroadcaster();
        broadcaster.onError((sink, failure) -> broken.run());
        broadcaster.onClose(sink -> broken.run());
    }

    /** Takes the connection into use; to be called once, before the first event. It may turn out to be gone. */
    void open() {
        try {
            broadcaster.register(this);
        } catch (RuntimeException e) {
            broken.run();
        }
    }

    /**
     * Sends one event; the one before must have been written.
     *
     * @param written called when the server has taken all of it, on any thread
     */
    void send(Mail mail, Runnable written) {
        OutboundSseEvent event = event(mail);
        done = failure -> (failure == null ? written : broken).run();
        try {
            broadcaster.broadcast(event);
        } catch (RuntimeException e) {
            broken.run();
        }
    }

    private OutboundSseEvent event(Mail mail) {
        boolean beats = mail.equals(Mail.HEARTBEAT);
        OutboundSseEvent.Builder event = wanted.sse().newEventBuilder();
        if (beats) {
            event.reconnectDelay(RECONNECT);
        }
        if (beats && !wanted.source().forPages()) {
            return event.comment("").build();
        }
        String name = mail.name();
        if (name != null) {
            event.name(name);
        }
        if (mail.endsFrame()) {
            event.id(Long.toString(mail.revision()));
        }
        return event.data(beats ? heartbeat : mail.text()).build();
    }

    /** For the broadcaster. */
    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        Consumer<@Nullable Throwable> mine = done;
        CompletionStage<?> sending;
        try {
            sending = wanted.connection().send(event);
        } catch (RuntimeException e) {
            mine.accept(e);
            return CompletableFuture.failedStage(e);
        }
        return sending.whenComplete((nothing, failure) -> mine.accept(failure));
    }

    @Override
    public boolean isClosed() {
        return wanted.connection().isClosed();
    }

    /** For the broadcaster; may block for a minute on a stalled connection. */
    @Override
    public void close() {
        wanted.connection().close();
    }

    /** Ends the request, which does not block where the server lets it be ended, or else closes the connection. */
    void end() {
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
            close();
        } catch (RuntimeException e) {
            // it is gone, which is what we want
        }
    }
}
