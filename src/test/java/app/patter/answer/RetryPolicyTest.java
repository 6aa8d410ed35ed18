package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Seed;
import app.patter.provider.Delta;
import app.patter.text.BaseText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final List<String> MODELS = List.of("a/one", "a/two", "b/three");

    private static RetryPolicy plan(int retries, double chance) {
        return new RetryPolicy(MODELS, retries, () -> chance);
    }

    private static Delta.Failed failed(boolean retryable, @Nullable Duration retryAfter) {
        return new Delta.Failed(
                Delta.Failed.Kind.SERVER, 503, retryAfter, retryable, BaseText.OTHER.with("It failed."));
    }

    private static Optional<RetryPolicy.Next> next(RetryPolicy plan, boolean retryable) {
        return plan.after(failed(retryable, null), Duration.ZERO);
    }

    @Test
    void aModelIsAskedAgainAfterLongerPausesThenTheNext() {
        RetryPolicy plan = plan(2, 0);
        assertEquals(
                new RetryPolicy.Next("a/one", Duration.ofMillis(500)),
                next(plan, true).orElseThrow());
        assertEquals(
                new RetryPolicy.Next("a/one", Duration.ofMillis(1_000)),
                next(plan, true).orElseThrow());
        assertEquals(
                new RetryPolicy.Next("a/two", Duration.ZERO), next(plan, true).orElseThrow());
        assertEquals(
                new RetryPolicy.Next("a/two", Duration.ofMillis(500)),
                next(plan, true).orElseThrow());
    }

    @Test
    void whatCannotHelpIsNotRepeated() {
        RetryPolicy plan = plan(2, 0);
        assertEquals("a/two", next(plan, false).orElseThrow().model());
        assertEquals("b/three", next(plan, false).orElseThrow().model());
        assertEquals(Optional.empty(), next(plan, false));
    }

    @Test
    void theProvidersOwnWaitingTimeIsKeptUnlessItIsTooLong() {
        RetryPolicy plan = plan(2, 0);
        assertEquals(
                Duration.ofSeconds(7),
                plan.after(failed(true, Duration.ofSeconds(7)), Duration.ZERO)
                        .orElseThrow()
                        .pause());
        assertEquals(
                "a/two",
                plan.after(failed(true, Duration.ofMinutes(5)), Duration.ZERO)
                        .orElseThrow()
                        .model());
    }

    @Test
    void nobodyWaitsMuchLongerThanAMinuteForTheSameModel() {
        assertEquals(
                "a/two",
                plan(9, 0)
                        .after(failed(true, null), Duration.ofSeconds(61))
                        .orElseThrow()
                        .model());
    }

    @Test
    void withoutRetriesTheNextModelIsAskedAtOnce() {
        assertEquals(
                new RetryPolicy.Next("a/two", Duration.ZERO),
                next(plan(0, 0), true).orElseThrow());
    }

    @RepeatedTest(50)
    void everyModelHasItsTurnAndNoneMoreOftenThanAllowed(@Seed Random random) {
        int retries = random.nextInt(5);
        RetryPolicy plan = new RetryPolicy(MODELS, retries, random::nextDouble);
        List<String> asked = new ArrayList<>(List.of(plan.model()));
        for (Optional<RetryPolicy.Next> next = next(plan, random.nextBoolean());
                next.isPresent();
                next = next(plan, random.nextBoolean())) {
            asked.add(next.get().model());
            assertTrue(next.get().pause().compareTo(Duration.ofSeconds(45)) <= 0, next::toString);
            assertEquals(plan.model(), next.get().model());
        }
        assertEquals(MODELS, asked.stream().distinct().toList());
        for (String model : MODELS) {
            assertTrue(asked.stream().filter(model::equals).count() <= retries + 1, asked::toString);
        }
    }

    @Test
    void manyWhoFailedAtOnceDoNotComeAgainAtOnce() {
        assertEquals(
                Duration.ofMillis(750), next(plan(1, 1), true).orElseThrow().pause());
    }
}
