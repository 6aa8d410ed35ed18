package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV7Test {

    /** The example in RFC 9562, appendix A.6. */
    @Test
    void theTimeIsAtTheFront() {
        UUID random = UUID.fromString("00000000-0000-4000-98c4-dc0c0c07398f");
        UUID id = UuidV7.at(Instant.ofEpochMilli(0x017F22E279B0L), random);
        assertEquals("017f22e2-79b0-7000-98c4-dc0c0c07398f", id.toString());
    }

    @Test
    void theyAreOrderedWithinAMillisecondToo() {
        UUID random = UUID.randomUUID();
        Instant time = Instant.parse("2026-11-21T22:00:00.123Z");
        UUID before = UuidV7.at(time, random);
        for (int micros = 1; micros <= 2_000; micros++) {
            UUID id = UuidV7.at(time.plus(micros, ChronoUnit.MICROS), random);
            assertTrue(id.compareTo(before) > 0, id + " after " + before);
            assertEquals(7, id.version());
            assertEquals(2, id.variant());
            before = id;
        }
    }

    @Test
    void noneComesTwice() {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertTrue(ids.add(UuidV7.next()));
        }
    }
}
