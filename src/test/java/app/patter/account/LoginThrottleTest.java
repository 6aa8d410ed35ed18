package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private long now = Long.MAX_VALUE - 5; // nanoTime may overflow
    private final LoginThrottle attempts = new LoginThrottle(() -> now);

    @Test
    void afterFiveWrongPasswordsANameWaitsHalfAMinute() {
        for (int i = 0; i < 5; i++) {
            assertFalse(attempts.mustWait("ada"));
            attempts.wrong("ada");
        }
        assertTrue(attempts.mustWait(" ADA "));
        assertFalse(attempts.mustWait("bob"));
        now += 29_999_999_999L;
        assertTrue(attempts.mustWait("ada"));
        now += 1;
        assertFalse(attempts.mustWait("ada"));
        attempts.right("ada");
        attempts.wrong("ada");
        assertFalse(attempts.mustWait("ada"));
    }
}
