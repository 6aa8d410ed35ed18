package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.web.ProblemException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerLimitsTest {

    private static final UUID ADA = new UUID(0, 1);
    private static final UUID GRACE = new UUID(0, 2);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // the clock may pass its largest number
    private final AnswerLimits limits = new AnswerLimits(3, 6, now::get);

    private ProblemException refused(UUID account) {
        return assertThrows(ProblemException.class, () -> limits.admit(account));
    }

    @Test
    void anAccountHasOnlySoManyAnswersAtOnce() {
        for (int at = 0; at < 3; at++) {
            limits.admit(ADA);
        }
        ProblemException refused = refused(ADA);
        assertEquals(429, refused.status());
        assertTrue(refused.retryAfter() > 0);
        limits.admit(GRACE);
        limits.release(ADA);
        limits.admit(ADA);
    }

    @Test
    void whatWasRefusedTakesNoPlace() {
        for (int at = 0; at < 3; at++) {
            limits.admit(ADA);
        }
        for (int at = 0; at < 10; at++) {
            refused(ADA);
        }
        limits.release(ADA);
        limits.admit(ADA);
    }

    @Test
    void messagesComeBackEvenlyWithinAMinute() {
        for (int at = 0; at < 6; at++) {
            limits.admit(ADA);
            limits.release(ADA);
        }
        ProblemException refused = refused(ADA);
        assertEquals(429, refused.status());
        assertTrue(refused.retryAfter() <= 11, () -> refused.retryAfter() + " s");
        limits.admit(GRACE);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        limits.admit(ADA);
        limits.release(ADA);
        refused(ADA);
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        for (int at = 0; at < 6; at++) {
            limits.admit(ADA);
            limits.release(ADA);
        }
        refused(ADA);
    }

    @Test
    void anAnswerThatGoesOnIsNeverRefused() {
        for (int at = 0; at < 5; at++) {
            limits.resume(ADA);
        }
        refused(ADA);
        for (int at = 0; at < 3; at++) {
            limits.release(ADA);
        }
        limits.admit(ADA);
    }
}
