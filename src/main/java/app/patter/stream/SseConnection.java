package app.patter.stream;

import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;

/** The open connection of one reader: a broadcaster of its own, to which one event at a time is given. */
final class SseConnection {

    private final Subscription wanted;
    private final SendTurn turn;
    private final SseBroadcaster broadcaster;
    private final Runnable broken;

    /**
     * @param broken called when the connection is found to be gone; perhaps more than once, on any thread
     */
    SseConnection(Subscription wanted, Runnable broken) {
        this.wanted = wanted;
        this.broken = broken;
        this.turn = new SendTurn(wanted.connection());
        this.broadcaster = wanted.sse().newBroadcaster();
        broadcaster.onError((sink, failure) -> broken.run());
        broadcaster.onClose(sink -> broken.run());
    }

    /** Takes the connection into use; to be called once, before the first event. It may turn out to be gone. */
    void open() {
        try {
            broadcaster.register(turn);
        } catch (RuntimeException e) {
            broken.run();
        }
    }

    /**
     * Sends one event; the one before must have been written.
     *
     * @param written called when the server has taken all of it, on any thread
     */
    void send(OutboundSseEvent event, Runnable written) {
        turn.begin(failure -> (failure == null ? written : broken).run());
        try {
            broadcaster.broadcast(event);
        } catch (RuntimeException e) {
            broken.run();
        }
    }

    /** Closing a sink or a broadcaster can block for a minute on a stalled connection, ending the request does not. */
    void close() {
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
