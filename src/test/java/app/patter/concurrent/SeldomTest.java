package app.patter.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeldomTest {

    @Test
    void onceAMinuteIsSeldomAndSaysHowMuchWasHeldBack() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
        Seldom seldom = new Seldom(now::get);
        assertEquals(OptionalLong.of(0), seldom.pass());
        assertEquals(OptionalLong.empty(), seldom.pass());
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertEquals(OptionalLong.empty(), seldom.pass());
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(OptionalLong.of(2), seldom.pass());
        assertEquals(OptionalLong.empty(), seldom.pass());
    }
}
