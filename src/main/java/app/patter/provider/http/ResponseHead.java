package app.patter.provider.http;

import app.patter.provider.Dialect;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the head of a provider's response says of its body. Immutable. */
record ResponseHead(ResponseInfo info) {

    /** OpenAI and most others; Anthropic; Azure. */
    private static final List<String> REQUEST_IDS = List.of("x-request-id", "request-id", "apim-request-id");

    private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,200}");

    /** What a body is, by its status and type. */
    enum Shape {
        STREAM,
        ERROR,
        /** A web page, such as the one of a log-in. */
        NEITHER
    }

    int status() {
        return info.statusCode();
    }

    Shape shape() {
        if (status() / 100 != 2) {
            return Shape.ERROR;
        }
        return contentType().contains("html") ? Shape.NEITHER : Shape.STREAM;
    }

    /** @param usual where the type does not tell */
    Dialect.Framing framing(Dialect.Framing usual) {
        String type = contentType();
        if (type.contains("event-stream")) {
            return Dialect.Framing.EVENTS;
        }
        return type.contains("ndjson") || type.contains("jsonl") ? Dialect.Framing.LINES : usual;
    }

    /** In lower case; empty if it is missing. */
    String contentType() {
        return info.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }

    /** How the body is compressed, if the head is right; empty if it is missing. */
    String encoding() {
        return info.headers().firstValue("Content-Encoding").orElse("");
    }

    /** The name by which the provider's support knows this call. */
    Optional<String> requestId() {
        return REQUEST_IDS.stream()
                .flatMap(name -> info.headers().firstValue(name).stream())
                .filter(id -> REQUEST_ID.matcher(id).matches())
                .findFirst();
    }

    /** @param said the body of an error */
    Optional<Duration> retryAfter(String said) {
        return RetryAfter.of(info.headers(), said, Instant.now());
    }
}
