package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.SegmentKind;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {

    private static final OffsetDateTime BEGAN = OffsetDateTime.parse("2020-02-28T23:59:58Z");

    private long elapsed = 17;

    @Test
    void whatTheModelThoughtForIsMeasuredByAClockThatDoesNotJump() {
        AnswerBuffer buffer = new AnswerBuffer(
                new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "demo/demo", 0, null, -1, 0, null),
                100,
                new MonotonicClock(BEGAN, () -> elapsed),
                dirty -> {},
                dirty -> {});
        buffer.append(SegmentKind.REASONING, "Hm.");
        elapsed += 3_000_000_000L;
        buffer.append(SegmentKind.TEXT, "Yes.");
        SegmentWrite thought = buffer.take().segments().get(0);
        assertEquals(Duration.ofSeconds(3), thought.lasted());
        assertEquals(OffsetDateTime.parse("2020-02-29T00:00:01Z"), thought.closed());
        assertEquals(BEGAN, thought.created(), "a page that is loaded later says the same");
    }
}
