package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.SegmentKind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SaveSchedulerTest {

    private static final long INTERVAL = 25;
    private static final int SIZE = 400;

    private final List<String> started = new ArrayList<>();
    private final AdaptiveInterval pace = new AdaptiveInterval(INTERVAL, 1_000, SIZE);
    private long now = TimeUnit.HOURS.toNanos(1);

    private final SaveScheduler scheduler = new SaveScheduler(
            pace,
            new SaveScheduler.Starter() {
                @Override
                public void later(long milliseconds) {
                    started.add("later " + milliseconds);
                }

                @Override
                public void inPlaceOfTimer() {
                    started.add("in place of timer");
                }

                @Override
                public void now() {
                    started.add("now");
                }
            },
            () -> now);

    private final AnswerBuffer buffer = new AnswerBuffer(
            new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "demo/demo", 0, null, -1, 0, null),
            10_000,
            MonotonicClock.fromNow(),
            changed -> {},
            urgent -> {});

    @Test
    void theTimerIsArmedOnceUntilItFires() {
        scheduler.arm();
        scheduler.arm();
        assertEquals(List.of("later 25"), started);
        scheduler.fired();
        scheduler.begins();
        scheduler.arm();
        assertEquals(List.of("later 25", "later 25"), started);
    }

    @Test
    void aHurriedSaveStartsOnceUntilItBegins() {
        scheduler.hurry();
        scheduler.hurry();
        assertEquals(List.of("now"), started);
        scheduler.begins();
        scheduler.hurry();
        assertEquals(List.of("now", "now"), started);
    }

    @Test
    void aHurriedSaveLeavesTheTimerArmed() {
        scheduler.arm();
        scheduler.hurry();
        scheduler.begins();
        scheduler.arm();
        assertEquals(List.of("later 25", "now"), started);
    }

    @Test
    void muchTextDoesNotWaitForTheTimer() {
        buffer.append(SegmentKind.TEXT, "x".repeat(SIZE - 1));
        scheduler.changed(buffer);
        assertEquals(List.of("later 25"), started);
        buffer.append(SegmentKind.TEXT, "x");
        scheduler.changed(buffer);
        assertEquals(List.of("later 25", "now"), started);
    }

    @Test
    void muchTextWaitsWhileNobodyKnowsWhatIsSaved() {
        buffer.append(SegmentKind.TEXT, "x".repeat(SIZE));
        buffer.failed();
        scheduler.changed(buffer);
        assertEquals(List.of("later 25"), started);
    }

    @Test
    void afterAFailureTheNextTryWaitsLonger() {
        pace.failed();
        scheduler.arm();
        assertEquals(List.of("later " + AdaptiveInterval.RETRY), started);
    }

    @Test
    void aTimerThatDoesNotFireIsNotWaitedFor() {
        scheduler.arm();
        passes(INTERVAL + SaveScheduler.LATE);
        scheduler.arm();
        assertEquals(List.of("later 25"), started, "not late yet");
        passes(1);
        scheduler.arm();
        scheduler.arm();
        assertEquals(List.of("later 25", "in place of timer"), started);
        passes(SaveScheduler.LATE + 1);
        scheduler.arm();
        assertEquals(List.of("later 25", "in place of timer", "in place of timer"), started);
    }

    @Test
    void whatWaitsIsSavedThoughNothingMoreComes() {
        scheduler.arm();
        passes(INTERVAL + SaveScheduler.LATE);
        scheduler.check();
        assertEquals(List.of("later 25"), started, "not late yet");
        passes(1);
        scheduler.check();
        assertEquals(List.of("later 25", "in place of timer"), started);
        scheduler.begins();
        scheduler.check();
        assertEquals(2, started.size(), "a save has just begun");
    }

    @Test
    void nothingStartsAnyMoreOnceItIsClosed() {
        scheduler.close();
        scheduler.arm();
        scheduler.hurry();
        scheduler.changed(buffer);
        passes(10 * SaveScheduler.LATE);
        scheduler.check();
        assertEquals(List.of(), started);
    }

    private void passes(long milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }
}
