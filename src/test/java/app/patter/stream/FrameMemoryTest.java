package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameMemoryTest {

    private final FrameMemory<String> frameMemory = new FrameMemory<>();

    private static Frame frame(int length) {
        return new Frame(1, "x".repeat(length), 0);
    }

    @Test
    void thoseWithTheLongestFramesLetGoUntilTheOthersFit() {
        Frame shared = frame(1_000);
        frameMemory.add("short", frame(10));
        frameMemory.add("one", shared);
        frameMemory.add("other", shared);
        frameMemory.add("none", null);
        frameMemory.add("middle", frame(500));
        assertEquals(List.of(), frameMemory.beyond(1_510), "a frame that two hold counts once");
        assertEquals(List.of("one", "other"), frameMemory.beyond(1_509));
        assertEquals(List.of("one", "other", "middle"), frameMemory.beyond(509));
    }

    @Test
    void framesThatSayTheSameAreTwoAllTheSame() {
        frameMemory.add("one", frame(100));
        frameMemory.add("other", frame(100));
        assertEquals(1, frameMemory.beyond(100).size());
        assertEquals(Set.of("one", "other"), Set.copyOf(frameMemory.beyond(99)));
    }
}
