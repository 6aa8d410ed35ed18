package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.conversation.ToolEvent.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressThrottleTest {

    private final AtomicLong now = new AtomicLong();
    private final List<Double> passed = new ArrayList<>();
    private final ProgressThrottle throttle = new ProgressThrottle(note -> passed.add(note.reached()), now::get);

    @Test
    void theFirstNotePassesAndThenOneEachHalfSecond() {
        tell(1);
        tell(2);
        now.addAndGet(Duration.ofMillis(499).toNanos());
        tell(3);
        now.addAndGet(Duration.ofMillis(1).toNanos());
        tell(4);
        tell(5);
        assertEquals(List.of(1.0, 4.0), passed);
    }

    @Test
    void whatIsNoNumberIsNotTold() {
        tell(Double.NaN);
        throttle.accept(new Progress(1, Double.POSITIVE_INFINITY, ""));
        tell(2);
        assertEquals(List.of(2.0), passed);
    }

    @Test
    void aLongMessageIsShortenedBetweenCharacters() {
        List<String> messages = new ArrayList<>();
        ProgressThrottle told = new ProgressThrottle(note -> messages.add(note.message()), now::get);
        told.accept(new Progress(1, null, "x".repeat(199) + "\uD83C\uDF0D and more"));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        told.accept(new Progress(2, null, "x".repeat(200)));
        assertEquals(List.of("x".repeat(199) + "…", "x".repeat(200)), messages);
    }

    private void tell(double reached) {
        throttle.accept(new Progress(reached, null, ""));
    }
}
