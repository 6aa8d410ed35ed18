package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.stream.StreamLimits.Admission;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamLimitsTest {

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final StreamLimits limits = new StreamLimits(3, 2);

    @Test
    void anAccountHasOnlySoManyStreams() {
        assertEquals(Admission.OPEN, limits.admit(ada));
        assertEquals(Admission.OPEN, limits.admit(ada));
        assertEquals(Admission.ACCOUNT_FULL, limits.admit(ada));
        assertEquals(2, limits.open());
        limits.release(ada);
        assertEquals(Admission.OPEN, limits.admit(ada));
    }

    @Test
    void aNodeHasOnlySoManyStreams() {
        limits.admit(ada);
        limits.admit(ada);
        assertEquals(Admission.OPEN, limits.admit(bob));
        assertEquals(Admission.NODE_FULL, limits.admit(bob));
        assertEquals(3, limits.open());
        limits.release(ada);
        assertEquals(Admission.OPEN, limits.admit(bob), "the one that was refused does not count");
    }
}
