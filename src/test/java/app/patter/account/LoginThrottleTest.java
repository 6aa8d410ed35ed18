package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private long now = Long.MAX_VALUE - 5; // nanoTime may overflow
    private final LoginThrottle throttle = new LoginThrottle(() -> now);

    @Test
    void afterFiveWrongPasswordsANameWaitsHalfAMinute() {
        for (int i = 0; i < 5; i++) {
            assertFalse(throttle.mustWait("ada"));
            throttle.wrong("ada");
        }
        assertTrue(throttle.mustWait(" ADA "));
        assertFalse(throttle.mustWait("bob"));
        now += 29_999_999_999L;
        assertTrue(throttle.mustWait("ada"));
        now += 1;
        assertFalse(throttle.mustWait("ada"));
        throttle.right("ada");
        throttle.wrong("ada");
        assertFalse(throttle.mustWait("ada"));
    }
}
