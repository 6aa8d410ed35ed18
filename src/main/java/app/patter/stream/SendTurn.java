package app.patter.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader's connection as its broadcaster sees it. What a broadcaster answers does not tell when an event is written
 * (Jersey's is complete at once), so each send reports to us when it is done.
 */
final class SendTurn implements SseEventSink {

    private final SseEventSink connection;
    private volatile Consumer<@Nullable Throwable> written = failure -> {};

    SendTurn(SseEventSink connection) {
        this.connection = connection;
    }

    /**
     * To be called before each broadcast.
     *
     * @param then called when that event is written, with null, or with why it could not be
     */
    void begin(Consumer<@Nullable Throwable> then) {
        written = then;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        Consumer<@Nullable Throwable> mine = written;
        CompletionStage<?> sending;
        try {
            sending = connection.send(event);
        } catch (RuntimeException e) {
            mine.accept(e);
            return CompletableFuture.failedStage(e);
        }
        return sending.whenComplete((nothing, failure) -> mine.accept(failure));
    }

    @Override
    public boolean isClosed() {
        return connection.isClosed();
    }

    @Override
    public void close() {
        connection.close();
    }
}
