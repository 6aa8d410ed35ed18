package app.patter.provider.http;

import app.patter.provider.AnswerParser;
import app.patter.provider.Delta;
import app.patter.provider.Dialect;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import app.patter.provider.http.ResponseHead.Shape;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongSupplier;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One streamed answer on its way, from the request to its one end. The HTTP client calls the subscriber's methods, one
 * at a time; {@link #cancel} and {@link #fellSilent} come from anywhere.
 *
 * <p>Whoever ends the call decides the end first and closes the connection second. The other way round, the client's
 * complaint about the closed connection would be reported as the reason.
 */
final class Exchange implements Provider.Call, BodySubscriber<Void> {

    /** As much of an error's body as may be of interest. */
    private static final int ERROR_BODY = 64 << 10;

    private final AnswerParser parser;
    private final Dialect.Framing usual;
    private final ProviderErrors errors;
    private final String model;
    private final Duration idle;
    private final Duration connect;
    private final LongSupplier clock;
    private final SerialDelivery delivery;
    private final CompletableFuture<Void> body = new CompletableFuture<>();

    private volatile @Nullable CompletableFuture<HttpResponse<Void>> sent;
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable ResponseHead response;
    private final Waiting waiting;
    private volatile boolean complete;
    private volatile boolean wrote;
    private Shape shape = Shape.STREAM;
    private PayloadSplitter payloads;
    private @Nullable Inflating inflating;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    /**
     * An answer to come.
     *
     * @param usual framing of a stream whose content type does not tell
     */
    Exchange(
            AnswerParser parser,
            Dialect.Framing usual,
            ProviderErrors errors,
            String model,
            Duration idle,
            Duration connect,
            LongSupplier clock,
            SerialDelivery delivery) {
        this.parser = parser;
        this.usual = usual;
        this.errors = errors;
        this.model = model;
        this.idle = idle;
        this.connect = connect;
        this.clock = clock;
        this.delivery = delivery;
        this.waiting = new Waiting(idle, clock);
        this.payloads = PayloadSplitter.of(usual, this::payload);
    }

    private void payload(String data) {
        if (!delivery.isOver()) {
            parser.payload(data, this::handOver);
        }
    }

    private void handOver(Delta delta) {
        wrote = true;
        delivery.accept(delta);
    }

    /** Sends the request; {@code over} runs when the exchange has let go of the connection. */
    void start(HttpClient client, HttpRequest request, Runnable over) {
        CompletableFuture<HttpResponse<Void>> future;
        try {
            future = client.sendAsync(request, this::begin);
        } catch (RuntimeException e) {
            future = CompletableFuture.failedFuture(e);
        }
        sent = future;
        if (delivery.isOver() && !delivery.isFinished()) {
            future.cancel(true); // somebody was quicker than the line above
        }
        var unused = future.whenComplete((answer, thrown) -> {
            over.run();
            if (thrown != null) {
                lost(thrown);
            }
        });
    }

    // Ends from outside

    @Override
    public void cancel() {
        end(ProviderErrors.cancelled());
    }

    boolean isSilent(long now) {
        return waiting.isSilent(now) && !delivery.isOver();
    }

    /** Ends the call if it is still silent. */
    void fellSilent() {
        long now = clock.getAsLong();
        if (!isSilent(now)) {
            return;
        }
        if (waiting.isDue(now)) {
            delivery.during(() -> parser.end(delivery::accept));
            release();
        } else {
            end(errors.network().silent(idle, response != null));
        }
    }

    /** Whether the answer is finished but its server does not end the stream. */
    boolean isIdling(long now) {
        return waiting.isIdling(now);
    }

    /** Closes the connection, unless the whole answer has been read from it. */
    void release() {
        Subscription reading = subscription;
        if (reading != null) {
            reading.cancel();
        }
        CompletableFuture<HttpResponse<Void>> future = sent;
        if (future != null) {
            future.cancel(true); // before the headers this is what closes the socket
        }
        body.complete(null);
    }

    /** Ends the call and closes its connection, unless it has an end already. */
    void end(Delta.Failed reason) {
        if (delivery.end(reason)) {
            release();
        }
    }

    // What the HTTP client calls

    private BodySubscriber<Void> begin(ResponseInfo info) {
        ResponseHead head = new ResponseHead(info);
        response = head;
        waiting.forServer();
        Dialect.Framing framing = head.framing(usual);
        if (framing != usual) {
            payloads = PayloadSplitter.of(framing, this::payload);
        }
        shape = head.shape();
        inflating = Inflating.of(head.encoding());
        return this;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        ResponseHead head = Objects.requireNonNull(response);
        head.requestId().ifPresent(id -> delivery.during(() -> delivery.accept(new Delta.RequestId(id))));
        if (delivery.isOver()) {
            release();
        } else if (shape == Shape.NEITHER) {
            end(errors.answer().noStream(head.contentType()));
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        waiting.forReceiver();
        delivery.during(() -> {
            chunks.forEach(this::take);
            complete = parser.isComplete();
        });
        if (delivery.isFinished()) {
            awaitEnd();
        } else if (delivery.isOver()) {
            release();
        } else if (shape == Shape.ERROR && collected.size() >= ERROR_BODY) {
            onComplete();
            release();
        } else {
            delivery.whenReady(this::readOn);
        }
    }

    /** Reads the few bytes after the last event, so that the connection can serve the next request. */
    private void awaitEnd() {
        waiting.forEndOfStream();
        Subscription reading = subscription;
        if (reading != null) {
            reading.request(1);
        }
    }

    private void readOn() {
        Subscription reading = subscription;
        if (reading != null && !delivery.isOver()) {
            if (complete && (wrote || !waiting.knowsEnd())) {
                waiting.forFarewell(); // heartbeats do not put off the end
            }
            wrote = false;
            waiting.forServer();
            reading.request(1);
        }
    }

    private void take(ByteBuffer chunk) {
        if (delivery.isOver()) {
            return;
        }
        try {
            if (shape != Shape.STREAM) {
                collect(chunk);
            } else if (inflating != null) {
                inflating.feed(chunk, payloads::feed);
            } else {
                payloads.feed(chunk);
            }
        } catch (TooLongException e) {
            delivery.accept(errors.answer().tooLong());
        } catch (DataFormatException e) {
            delivery.accept(
                    errors.answer().noStream(Objects.requireNonNull(response).encoding()));
        }
    }

    private void collect(ByteBuffer chunk) {
        byte[] copy = new byte[chunk.remaining()];
        chunk.get(copy);
        collected.write(copy, 0, Math.min(ERROR_BODY - collected.size(), copy.length));
    }

    @Override
    public void onComplete() {
        switch (shape) {
            case STREAM -> {
                delivery.during(this::endStream);
                closeInflating();
            }
            case ERROR, NEITHER -> delivery.end(failedStatus());
        }
        body.complete(null);
    }

    private void endStream() {
        lastPayload();
        if (!delivery.isOver()) {
            parser.end(delivery::accept);
        }
    }

    private void lastPayload() {
        try {
            payloads.end();
        } catch (TooLongException e) {
            delivery.accept(errors.answer().tooLong());
        }
    }

    private void closeInflating() {
        if (inflating != null) {
            inflating.close();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        lost(thrown);
        body.complete(null);
    }

    private void lost(Throwable thrown) {
        if (response == null) {
            delivery.end(errors.network().of(thrown, false, connect));
        } else if (shape == Shape.ERROR) {
            delivery.end(failedStatus()); // the status says enough, however the body ended
        } else {
            // An answer whose finish reason has come is complete, however the connection ended.
            delivery.during(() -> {
                lastPayload();
                parser.cut(last ->
                        delivery.accept(isTruncated(last) ? errors.network().of(thrown, true, connect) : last));
            });
            closeInflating();
        }
    }

    private static boolean isTruncated(Delta delta) {
        return delta instanceof Delta.Failed failed && failed.kind() == Delta.Failed.Kind.TRUNCATED;
    }

    private Delta.Failed failedStatus() {
        ResponseHead head = Objects.requireNonNull(response);
        String said = new String(
                Inflating.whole(head.encoding(), collected.toByteArray(), ERROR_BODY), StandardCharsets.UTF_8);
        return errors.status().of(head.status(), head.retryAfter(said), said, model);
    }
}
