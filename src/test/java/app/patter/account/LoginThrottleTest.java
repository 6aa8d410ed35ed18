package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private long now = Long.MAX_VALUE - 5; // nanoTime may overflow
    private final LoginThrottle throttle = new LoginThrottle(() -> now);

    @Test
    void afterFiveWrongPasswordsANameWaitsHalfAMinute() {
        for (int i = 0; i < 5; i++) {
            assertTrue(throttle.admits("ada"));
        }
        assertFalse(throttle.admits(" ADA "));
        assertTrue(throttle.admits("bob"));
        now += 29_999_999_999L;
        assertFalse(throttle.admits("ada"));
        now += 1;
        assertTrue(throttle.admits("ada"));
        assertFalse(throttle.admits("ada"), "one try, then it waits again");
    }

    @Test
    void theRightPasswordMakesAllTriesFreeAgain() {
        for (int i = 0; i < 20; i++) {
            assertTrue(throttle.admits("ada"));
            throttle.right("ada");
        }
    }

    @Test
    void ofGuessesAtTheSameTimeNoMoreAreLetThrough() {
        assertEquals(
                5,
                IntStream.range(0, 64)
                        .parallel()
                        .filter(guess -> throttle.admits("ada"))
                        .count());
    }
}
