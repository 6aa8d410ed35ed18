package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimerCheckTest {

    @Test
    void aTimerIsLateAgainstTheIntervalInForce() {
        assertFalse(TimerCheck.late(60, 50));
        assertFalse(TimerCheck.late(150, 50), "a busy machine");
        assertTrue(TimerCheck.late(151, 50));
        assertTrue(TimerCheck.late(1_000, 50), "Payara as shipped");
        assertFalse(TimerCheck.late(51, 1), "a busy machine, and the shortest interval of all");
        assertFalse(TimerCheck.late(1_000, 1_000), "as asked");
    }
}
