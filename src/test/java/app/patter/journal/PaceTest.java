package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(50, 1_000, 4_096);

    private void saves(int times, long milliseconds, int messages) {
        for (int i = 0; i < times; i++) {
            pace.saved(milliseconds * 1_000_000, messages);
        }
    }

    @Test
    void quickSavesKeepTheShortestInterval() {
        saves(100, 2, 1);
        assertEquals(50, pace.interval());
    }

    @Test
    void theIntervalWidensWhileSavesAreSlowAndNarrowsAfterwards() {
        saves(1, 100, 1);
        long once = pace.interval();
        saves(20, 100, 1);
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
        assertEquals(250, pace.interval());
    }

    @Test
    void textIsSavedBySizeTooButNeverMoreOftenThanTheLoadAllows() {
        assertFalse(pace.enough(4_095));
        assertTrue(pace.enough(4_096));
        saves(30, 2, 1_000);
        assertFalse(pace.enough(4 * 4_096));
        assertTrue(pace.enough(5 * 4_096));
    }

    @Test
    void aDatabaseThatRefusesIsNotAskedMoreOftenForMoreText() {
        pace.failed();
        assertFalse(pace.enough(Long.MAX_VALUE / 1_000_000));
        assertEquals(Pace.RETRY, pace.interval());
        pace.saved(1_000_000, 1);
        assertEquals(50, pace.interval());
    }

    @Test
    void anUpperEndBelowTheLowerOneCountsAsTheLowerOne() {
        Pace odd = new Pace(70, 50, 1);
        for (int i = 0; i < 50; i++) {
            odd.saved(1_000_000_000, 9);
        }
        assertEquals(70, odd.interval());
    }

    @RepeatedTest(50)
    void theIntervalStaysBetweenItsEnds() {
        Random random = new Random();
        for (int i = 0; i < 200; i++) {
            pace.saved((long) (random.nextDouble() * random.nextInt(1, 5_000) * 1e6), random.nextInt(20_000));
            assertTrue(pace.interval() >= 50 && pace.interval() <= 1_000, () -> "interval " + pace.interval());
        }
    }
}
