package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitersTest {

    private final Waiters waiters = new Waiters();
    private final List<String> ran = new ArrayList<>();

    @Test
    void eachRunsOnceWhenItsTimeHasCome() {
        waiters.forRoom(() -> ran.add("room"));
        waiters.forSave(() -> ran.add("first"));
        waiters.forSave(() -> ran.add("second"));
        run(false, false);
        assertEquals(List.of(), ran);
        run(true, false);
        assertEquals(List.of("room"), ran);
        run(true, true);
        assertEquals(List.of("room", "first", "second"), ran);
        run(true, true);
        assertEquals(3, ran.size());
    }

    @Test
    void onlyTheLastWaitsForRoom() {
        waiters.forRoom(() -> ran.add("one"));
        waiters.forRoom(() -> ran.add("two"));
        run(true, true);
        assertEquals(List.of("two"), ran);
    }

    private void run(boolean hasRoom, boolean isSaved) {
        waiters.due(hasRoom, isSaved).forEach(Runnable::run);
    }
}
