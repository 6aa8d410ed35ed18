package app.patter.provider.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how long a provider asks to wait: in the header {@code retry-after-ms} (OpenAI), in the header {@code Retry-After}
 * as seconds or an HTTP date (RFC 9110, 10.2.3), or in the error's body as {@code retryDelay} (Google's {@code RetryInfo}).
 * Pure.
 */
public final class RetryAfter {

    /** Beyond a day it is no waiting time but a mistake. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern RETRY_DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9.]+)s\"");

    private RetryAfter() {}

    /** The time to wait after an answer with these headers and this body; empty if neither says it. */
    public static Optional<Duration> of(HttpHeaders headers, String body, Instant now) {
        return headers.firstValue("retry-after-ms")
                .flatMap(RetryAfter::seconds)
                .map(thousands -> bounded(thousands.dividedBy(1000)))
                .or(() -> headers.firstValue("Retry-After").flatMap(value -> parse(value, now)))
                .or(() -> inBody(body));
    }

    /** The time to wait that stands in an error's body. */
    public static Optional<Duration> inBody(String body) {
        Matcher delay = RETRY_DELAY.matcher(body);
        return delay.find() ? seconds(delay.group(1)).map(RetryAfter::bounded) : Optional.empty();
    }

    /** The time to wait, at least zero and at most a day; empty for a value that is neither. */
    public static Optional<Duration> parse(String value, Instant now) {
        String text = value.strip();
        if (isNumber(text)) {
            return seconds(text).map(RetryAfter::bounded);
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(bounded(Duration.between(now, until)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && "+-.0123456789".indexOf(text.charAt(0)) >= 0;
    }

    /** Some providers send fractions of a second, which the RFC does not have. */
    private static Optional<Duration> seconds(String text) {
        try {
            double seconds = Double.parseDouble(text.strip());
            return Double.isFinite(seconds)
                    ? Optional.of(Duration.ofMillis((long) Math.min(seconds * 1000, 1e12)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
