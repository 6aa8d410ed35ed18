package app.patter.answer;

import app.patter.provider.Delta;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Which model is asked next, and when, after one failed before it had written anything: the same again after a pause, if
 * that may help, then the models that stand in for it, in order. Not thread-safe.
 */
final class RetryPolicy {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** Longer waits fail at once with a message. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A person waits this long for the same model; a model that falls silent takes more than that by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Deque<String> models;
    private final int retries;
    private final DoubleSupplier random;
    private final String first;
    private int failures;
    private int tries = 1;

    /**
     * A plan that begins with the first model.
     *
     * @param models  ids, at least one
     * @param retries how often the same model is asked again
     * @param random  numbers from 0 to 1, so that many who failed at once do not come again at once
     */
    RetryPolicy(List<String> models, int retries, DoubleSupplier random) {
        this.models = new ArrayDeque<>(models);
        this.first = models.get(0);
        this.retries = retries;
        this.random = random;
    }

    /** What to do next: ask this model after this pause. */
    record Next(String model, Duration pause) {}

    /** The model that is asked now. */
    String model() {
        return models.element();
    }

    /**
     * What to do after the model failed; empty when there is nothing left to try.
     *
     * @param elapsed time since the first model was asked
     */
    Optional<Next> after(Delta.Failed failed, Duration elapsed) {
        Duration pause = pause(failed);
        boolean again = failed.retryable()
                && failures < retries
                && pause.compareTo(LONGEST_PAUSE) <= 0
                && elapsed.compareTo(PATIENCE) < 0;
        if (again) {
            failures++;
            tries++;
            return Optional.of(new Next(model(), pause));
        }
        if (models.size() == 1) {
            return Optional.empty();
        }
        failures = 0;
        tries++;
        models.remove();
        return Optional.of(new Next(model(), Duration.ZERO));
    }

    /** How often models were asked, or are to be: one more than there was something left to try. */
    int tries() {
        return tries;
    }

    /** Whether the model that is asked now is not the first. */
    boolean fellBack() {
        return !model().equals(first);
    }

    /** Twice as long each time, or what the provider asks for; and up to half as long again by chance. */
    private Duration pause(Delta.Failed failed) {
        Duration asked = failed.retryAfter();
        long base = asked == null ? FIRST_PAUSE.toMillis() << Math.min(failures, 6) : asked.toMillis();
        long spread = Math.min(base, LONGEST_PAUSE.toMillis()) / 2 + (asked == null ? 0 : 100);
        return Duration.ofMillis(base + (long) (random.getAsDouble() * spread));
    }
}
