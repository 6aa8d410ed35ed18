package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListPositionTest {

    @Test
    void aPlaceIsReadAsItWasWritten() {
        OffsetDateTime time = OffsetDateTime.of(2026, 2, 3, 4, 5, 6, 7_000, ZoneOffset.UTC);
        for (ListPosition place : new ListPosition[] {
            new ListPosition(time, UUID.randomUUID()),
            new ListPosition(time.withSecond(0).withNano(0), UUID.randomUUID())
        }) {
            assertEquals(Optional.of(place), ListPosition.parse(place.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_",
                "2026",
                "2026-02-03T04:05Z",
                "2026-02-03T04:05Z_x",
                "x_7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11"
            })
    void somethingElseIsNoPlace(String text) {
        assertEquals(Optional.empty(), ListPosition.parse(text));
    }
}
