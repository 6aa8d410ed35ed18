package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class FairExecutorTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final FairExecutor executor = new FairExecutor(threads::add, 2);

    @Test
    void oneAccountHoldsOnlySomeThreadsAndOthersGoOn() {
        Executor one = executor.of(UUID.randomUUID());
        Executor other = executor.of(UUID.randomUUID());
        for (int i = 1; i <= 4; i++) {
            String name = "one " + i;
            one.execute(() -> ran.add(name));
        }
        assertEquals(2, threads.size(), "two at once");
        other.execute(() -> ran.add("other"));
        assertEquals(3, threads.size());
        threads.removeLast().run();
        assertEquals(List.of("other"), ran, "though the first account's sends have not ended");
        while (!threads.isEmpty()) {
            assertEquals(true, threads.size() <= 2);
            threads.remove().run();
        }
        assertEquals(List.of("other", "one 1", "one 2", "one 3", "one 4"), ran, "in their order");
    }

    @Test
    void workThatFailsGivesItsPlaceBack() {
        Executor one = executor.of(UUID.randomUUID());
        for (int i = 0; i < 3; i++) {
            one.execute(() -> {
                throw new IllegalStateException("a send failed");
            });
        }
        one.execute(() -> ran.add("last"));
        while (!threads.isEmpty()) {
            try {
                threads.remove().run();
            } catch (IllegalStateException e) {
                ran.add("failed");
            }
        }
        assertEquals(List.of("failed", "failed", "failed", "last"), ran);
    }
}
