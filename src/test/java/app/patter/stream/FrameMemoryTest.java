package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameMemoryTest {

    private final FrameMemory<String> held = new FrameMemory<>();

    private static Frame frame(int length) {
        return new Frame(1, "x".repeat(length), 0);
    }

    @Test
    void thoseWithTheLongestFramesLetGoUntilTheOthersFit() {
        Frame shared = frame(1_000);
        held.add("short", frame(10));
        held.add("one", shared);
        held.add("other", shared);
        held.add("none", null);
        held.add("middle", frame(500));
        assertEquals(List.of(), held.beyond(1_510), "a frame that two hold counts once");
        assertEquals(List.of("one", "other"), held.beyond(1_509));
        assertEquals(List.of("one", "other", "middle"), held.beyond(509));
    }

    @Test
    void framesThatSayTheSameAreTwoAllTheSame() {
        held.add("one", frame(100));
        held.add("other", frame(100));
        assertEquals(1, held.beyond(100).size());
        assertEquals(Set.of("one", "other"), Set.copyOf(held.beyond(99)));
    }
}
