package app.patter.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After}: seconds or an HTTP date (RFC 9110, 10.2.3). Pure. */
final class RetryAfter {

    /** Beyond a day it is no waiting time but a mistake. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** The time to wait, at least zero and at most a day; empty for a value that is neither. */
    static Optional<Duration> parse(String value, Instant now) {
        String text = value.strip();
        try {
            // some providers send fractions of a second, which the RFC does not have
            double seconds = Double.parseDouble(text);
            return Double.isFinite(seconds)
                    ? Optional.of(bounded(Duration.ofMillis((long) Math.min(seconds * 1000, 1e12))))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            // a date, then
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(bounded(Duration.between(now, until)));
        } catch (DateTimeException | ArithmeticException e) {
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
