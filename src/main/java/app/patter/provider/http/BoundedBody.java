package app.patter.provider.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects the body of an answer up to a bound; what is longer is cut off there and the connection closed. */
final class BoundedBody implements BodySubscriber<BoundedBody.Answer> {

    /** A list of a thousand models with prices and descriptions is well below. */
    private static final int LIMIT = 8 << 20;

    private final int status;
    private final HttpHeaders headers;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Answer> whole = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    /** A whole answer. */
    record Answer(int status, HttpHeaders headers, String body) {}

    BoundedBody(ResponseInfo response) {
        this.status = response.statusCode();
        this.headers = response.headers();
    }

    @Override
    public CompletionStage<Answer> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        for (ByteBuffer chunk : chunks) {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            bytes.write(copy, 0, Math.min(copy.length, LIMIT - bytes.size()));
        }
        if (bytes.size() >= LIMIT && subscription != null) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        whole.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        String encoding = headers.firstValue("Content-Encoding").orElse("");
        byte[] body = Inflating.whole(encoding, bytes.toByteArray(), LIMIT);
        whole.complete(new Answer(status, headers, new String(body, StandardCharsets.UTF_8)));
    }
}
