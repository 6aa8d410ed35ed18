package app.patter.journal;

import app.patter.conversation.SegmentKind;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a message's text as it has to be after a save.
 *
 * @param run      ordinal of the first row of its segment
 * @param from     characters of it that are saved already
 * @param inserted whether the row is in the database
 * @param closed   when its last character came; null while it can still grow
 * @param lasted   time from the segment's first to its last character; null while it can still grow
 */
record SegmentWrite(
        UUID id,
        int ordinal,
        int run,
        SegmentKind kind,
        boolean continues,
        OffsetDateTime created,
        String text,
        int from,
        boolean inserted,
        @Nullable OffsetDateTime closed,
        @Nullable Duration lasted) {}
