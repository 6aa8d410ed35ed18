package app.patter.provider.http;

import app.patter.provider.AnswerParser;
import app.patter.provider.Delta;
import app.patter.provider.Dialect;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
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

    /** OpenAI and most others; Anthropic; Azure. */
    private static final List<String> REQUEST_IDS = List.of("x-request-id", "request-id", "apim-request-id");

    private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,200}");

    /** Stands for "the receiver is full": then the silence is ours. */
    private static final long PAUSED = 0;

    /** How long a server may take to end the stream after its last event, or to count after the finish reason. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final AnswerParser parser;
    private final Dialect.Framing usual;
    private final ProviderErrors errors;
    private final String model;
    private final Duration idle;
    private final Duration connect;
    private final LongSupplier clock;
    private final SerialDelivery delivery;
    private final CompletableFuture<Void> body = new CompletableFuture<>();

    private enum Shape {
        STREAM,
        ERROR,
        NEITHER
    }

    private volatile @Nullable CompletableFuture<HttpResponse<Void>> sent;
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable ResponseInfo response;
    private volatile long waitingSince;
    private volatile long finishedAt = PAUSED;

    /** Since when nothing came although the parser has seen the answer's end; {@link #PAUSED} if it has not. */
    private volatile long completeSince = PAUSED;

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
        this.waitingSince = nanos();
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
        long since = waitingSince;
        return since != PAUSED && (now - since > idle.toNanos() || isDue(now)) && !delivery.isOver();
    }

    /** Whether the answer is complete and its server has had the time to say what it cost. */
    private boolean isDue(long now) {
        long since = completeSince;
        return since != PAUSED && now - since > FAREWELL.toNanos();
    }

    /** Ends the call if it is still silent. */
    void fellSilent() {
        long now = clock.getAsLong();
        if (!isSilent(now)) {
            return;
        }
        if (isDue(now)) {
            delivery.during(() -> parser.end(delivery::accept));
            release();
        } else {
            end(errors.network().silent(idle, response != null));
        }
    }

    /** Whether the answer is finished but its server does not end the stream. */
    boolean isIdling(long now) {
        long since = finishedAt;
        return since != PAUSED && now - since > FAREWELL.toNanos();
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
        response = info;
        waitingSince = nanos();
        String type = contentType(info);
        Dialect.Framing framing = framingOf(type);
        if (framing != usual) {
            payloads = PayloadSplitter.of(framing, this::payload);
        }
        shape = shapeOf(info.statusCode(), type);
        inflating = Inflating.of(encoding(info));
        return this;
    }

    private Dialect.Framing framingOf(String type) {
        if (type.contains("event-stream")) {
            return Dialect.Framing.EVENTS;
        }
        return type.contains("ndjson") || type.contains("jsonl") ? Dialect.Framing.LINES : usual;
    }

    private static Shape shapeOf(int status, String type) {
        if (status / 100 != 2) {
            return Shape.ERROR;
        }
        return type.contains("html") ? Shape.NEITHER : Shape.STREAM;
    }

    private static String encoding(ResponseInfo info) {
        return info.headers().firstValue("Content-Encoding").orElse("");
    }

    private static String contentType(ResponseInfo info) {
        return info.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        identify();
        if (delivery.isOver()) {
            release();
        } else if (shape == Shape.NEITHER && response != null) {
            end(errors.answer().noStream(contentType(response)));
        } else {
            given.request(1);
        }
    }

    /** Tells by which name the provider's support knows this call. */
    private void identify() {
        ResponseInfo info = response;
        if (info != null) {
            REQUEST_IDS.stream()
                    .flatMap(name -> info.headers().firstValue(name).stream())
                    .filter(id -> REQUEST_ID.matcher(id).matches())
                    .findFirst()
                    .ifPresent(id -> delivery.during(() -> delivery.accept(new Delta.RequestId(id))));
        }
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        waitingSince = PAUSED;
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
        if (finishedAt == PAUSED) {
            finishedAt = nanos();
        }
        Subscription reading = subscription;
        if (reading != null) {
            reading.request(1);
        }
    }

    private void readOn() {
        Subscription reading = subscription;
        if (reading != null && !delivery.isOver()) {
            long now = nanos();
            if (complete && (wrote || completeSince == PAUSED)) {
                completeSince = now; // heartbeats do not put off the end
            }
            wrote = false;
            waitingSince = now;
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
            delivery.accept(errors.answer().noStream(encoding(Objects.requireNonNull(response))));
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
        ResponseInfo info = response;
        if (info == null) {
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
        ResponseInfo info = Objects.requireNonNull(response);
        String said = new String(
                Inflating.whole(encoding(info), collected.toByteArray(), ERROR_BODY), StandardCharsets.UTF_8);
        Optional<Duration> retryAfter = RetryAfter.of(info.headers(), said, Instant.now());
        return errors.status().of(info.statusCode(), retryAfter, said, model);
    }

    private long nanos() {
        long now = clock.getAsLong();
        return now == PAUSED ? 1 : now;
    }
}
