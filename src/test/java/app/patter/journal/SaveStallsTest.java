package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SaveStallsTest {

    private static final UUID ONE = UUID.randomUUID();
    private static final UUID TWO = UUID.randomUUID();

    private final List<SavingPaused> told = new ArrayList<>();
    private final SaveStalls stalls = new SaveStalls(told::add);

    @Test
    void aSaveThatDoesNotReturnIsToldOnceAndWhatWaitsBehindItToo() {
        stalls.begins(Set.of(ONE), 0);
        assertEquals(0, stalls.check(Set.of(), SaveStalls.STANDING), "a slow save is none");
        assertFalse(stalls.standing(SaveStalls.STANDING));
        assertEquals(1, stalls.check(Set.of(), SaveStalls.STANDING + 1));
        assertTrue(stalls.standing(SaveStalls.STANDING + 1));
        assertEquals(1, stalls.check(Set.of(TWO), SaveStalls.STANDING + 2));
        assertEquals(0, stalls.check(Set.of(TWO), SaveStalls.STANDING + 3));
        assertEquals(List.of(new SavingPaused(Set.of(ONE), true), new SavingPaused(Set.of(TWO), true)), told);
        stalls.ends();
        assertFalse(stalls.standing(SaveStalls.STANDING + 4));
        assertEquals(1, stalls.goesOn(List.of(ONE)));
        assertEquals(1, stalls.goesOn(List.of(ONE, TWO)));
        assertEquals(new SavingPaused(Set.of(TWO), false), told.get(3));
    }

    @Test
    void aSaveThatHasReturnedIsNotToldOf() {
        stalls.begins(Set.of(ONE), 0);
        stalls.ends();
        assertEquals(0, stalls.check(Set.of(TWO), 10 * SaveStalls.STANDING));
        assertEquals(0, stalls.goesOn(List.of(ONE)));
        assertEquals(List.of(), told);
    }

    @Test
    void aSaveThatFailsAfterItWasToldOfIsNotToldAgain() {
        stalls.begins(Set.of(ONE), 0);
        stalls.check(Set.of(), SaveStalls.STANDING + 1);
        stalls.ends();
        assertEquals(0, stalls.paused(Set.of(ONE)));
        assertEquals(1, told.size());
    }
}
