package app.patter.provider.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now; // 0 is a time as any other
    private final Waiting waiting = new Waiting(Duration.ofSeconds(10), () -> now);

    @Test
    void aServerIsSilentAfterTheLongestSilence() {
        assertFalse(waiting.isSilent(10 * SECOND));
        assertTrue(waiting.isSilent(10 * SECOND + 2));
        now = 5 * SECOND;
        waiting.forServer();
        assertFalse(waiting.isSilent(15 * SECOND));
        assertTrue(waiting.isSilent(15 * SECOND + 1));
    }

    @Test
    void whileTheReceiverIsFullTheSilenceIsOurs() {
        waiting.forReceiver();
        assertFalse(waiting.isSilent(100 * SECOND));
        now = 100 * SECOND;
        waiting.forServer();
        assertFalse(waiting.isSilent(101 * SECOND));
    }

    @Test
    void aCompleteAnswerIsDueASecondLaterButNotWhileTheReceiverIsFull() {
        assertFalse(waiting.knowsEnd());
        waiting.forFarewell();
        assertTrue(waiting.knowsEnd());
        assertFalse(waiting.isDue(SECOND));
        assertTrue(waiting.isDue(2 * SECOND));
        assertTrue(waiting.isSilent(2 * SECOND));
        waiting.forReceiver();
        assertFalse(waiting.isSilent(2 * SECOND));
    }

    @Test
    void afterTheLastEventTheStreamHasASecondToEnd() {
        waiting.forEndOfStream();
        now = SECOND / 2;
        waiting.forEndOfStream();
        assertFalse(waiting.isIdling(SECOND));
        assertTrue(waiting.isIdling(SECOND + 2));
    }
}
