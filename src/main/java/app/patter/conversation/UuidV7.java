package app.patter.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Ids of rows that the server makes, in the order of their time (version 7 of RFC 9562): what is written together stands
 * together in an index, where random ids would change a page of it for each row. Not secrets. Any thread may ask.
 */
public final class UuidV7 {

    private static final int FRACTIONS = 1 << 12;
    private static final int MICROS_PER_MILLI = 1_000;

    private UuidV7() {}

    /** An id that no other node makes either. */
    public static UUID next() {
        return at(Instant.now(), UUID.randomUUID());
    }

    /** The version leaves 12 bits for a fraction of the millisecond; the other half is random as in {@code random}. */
    static UUID at(Instant time, UUID random) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        long fraction = micros % MICROS_PER_MILLI * FRACTIONS / MICROS_PER_MILLI;
        long millis = micros / MICROS_PER_MILLI;
        return new UUID((millis << 16) | 0x7000 | fraction, random.getLeastSignificantBits());
    }
}
