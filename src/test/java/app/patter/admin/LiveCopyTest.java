package app.patter.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCopyTest {

    private long revision;
    private final List<Long> used = new ArrayList<>();
    private final LiveCopy<Long> copy =
            new LiveCopy<>(() -> revision, () -> new LiveCopy.Stored<>(revision, revision), used::add);

    @Test
    void onlyAChangeIsTakenIntoUse() {
        copy.refresh();
        copy.refresh();
        revision = 7;
        copy.refresh();
        copy.refresh();
        assertEquals(List.of(0L, 7L), used);
    }

    @Test
    void whatCouldNotBeReadIsReadAgain() {
        List<String> reads = new ArrayList<>();
        LiveCopy<String> failing = new LiveCopy<>(
                () -> 1,
                () -> {
                    reads.add("read");
                    if (reads.size() == 1) {
                        throw new IllegalStateException("no database");
                    }
                    return new LiveCopy.Stored<>(1, "all");
                },
                reads::add);
        assertThrows(IllegalStateException.class, failing::refresh);
        failing.refresh();
        failing.refresh();
        assertEquals(List.of("read", "read", "all"), reads);
    }
}
