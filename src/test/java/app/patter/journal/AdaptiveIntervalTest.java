package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Seed;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class AdaptiveIntervalTest {

    private static final long MILLISECOND = 1_000_000;

    private final AdaptiveInterval pace = new AdaptiveInterval(50, 1_000, 4_096);
    private long now;

    private boolean enough(long characters) {
        return pace.enough(now + 20 * MILLISECOND, characters);
    }

    private void saves(int times, long milliseconds, int messages) {
        for (int i = 0; i < times; i++) {
            pace.saved(now += MILLISECOND, milliseconds * MILLISECOND, messages);
        }
    }

    @Test
    void quickSavesKeepTheShortestInterval() {
        saves(100, 2, 1);
        assertEquals(50, pace.interval());
    }

    @Test
    void theIntervalWidensWhileSavesAreSlowAndNarrowsAfterwards() {
        saves(1, 200, 1);
        long once = pace.interval();
        saves(20, 200, 1);
        assertTrue(once > 50 && once < 200, "one slow save alone is no load: " + once);
        assertEquals(200, pace.interval());
        saves(1, 2, 1);
        assertTrue(pace.interval() > 100, "one quick save alone is no rest: " + pace.interval());
        saves(20, 2, 1);
        assertEquals(50, pace.interval());
    }

    @Test
    void manyMessagesWidenTheIntervalHoweverQuicklyTheyAreSaved() {
        saves(30, 2, 1_000);
        assertEquals(200, pace.interval());
    }

    @Test
    void textIsSavedBySizeTooButNeverMoreOftenThanTheLoadAllows() {
        assertFalse(enough(4_095));
        assertTrue(enough(4_096));
        saves(30, 2, 1_000);
        assertFalse(enough(4 * 4_096 - 1));
        assertTrue(enough(4 * 4_096));
    }

    @Test
    void howeverFastTextComesItIsNotSavedMoreOftenThanScreensDraw() {
        saves(1, 2, 1);
        assertFalse(pace.enough(now + 16 * MILLISECOND, 1_000_000));
        assertTrue(pace.enough(now + 17 * MILLISECOND, 1_000_000));
    }

    @Test
    void aDatabaseThatRefusesIsNotAskedMoreOftenForMoreText() {
        pace.failed();
        assertFalse(enough(Long.MAX_VALUE / 1_000_000));
        assertEquals(AdaptiveInterval.RETRY, pace.interval());
        pace.saved(now, MILLISECOND, 1);
        assertEquals(50, pace.interval());
    }

    @Test
    void anUpperEndBelowTheLowerOneCountsAsTheLowerOne() {
        AdaptiveInterval odd = new AdaptiveInterval(70, 50, 1);
        for (int i = 0; i < 50; i++) {
            odd.saved(i, 1_000 * MILLISECOND, 9);
        }
        assertEquals(70, odd.interval());
    }

    @RepeatedTest(50)
    void theIntervalStaysBetweenItsEnds(@Seed Random random) {
        for (int i = 0; i < 200; i++) {
            pace.saved(i, (long) (random.nextDouble() * random.nextInt(1, 5_000) * 1e6), random.nextInt(20_000));
            assertTrue(pace.interval() >= 50 && pace.interval() <= 1_000, () -> "interval " + pace.interval());
        }
    }
}
