package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatchUpCacheTest {

    private static final long MILLISECOND = 1_000_000;

    private long now;
    private int reads;
    private final CatchUpCache catchUpCache = new CatchUpCache(() -> now);

    private Optional<Frame> read(long took) {
        now += took;
        return Optional.of(new Frame(++reads, "", 0));
    }

    private long revision(long position, long took) {
        return catchUpCache.frame(position, () -> read(took)).orElseThrow().revision();
    }

    @Test
    void pagesAtOnePositionShareAReadForAQuarterOfASecond() {
        assertEquals(1, revision(7, 0));
        assertEquals(2, revision(8, 0));
        now += 249 * MILLISECOND;
        assertEquals(1, revision(7, 0));
        assertEquals(2, revision(8, 0));
        now += MILLISECOND;
        assertEquals(3, revision(7, 0));
    }

    @Test
    void whatTookLongToMakeServesFourTimesAsLong() {
        assertEquals(1, revision(7, 500 * MILLISECOND));
        now += 1_999 * MILLISECOND;
        assertEquals(1, revision(7, 0));
        now += MILLISECOND;
        assertEquals(2, revision(7, 0));
    }

    @Test
    void aConversationThatIsGoneIsAskedForAgain() {
        assertEquals(Optional.empty(), catchUpCache.frame(7, Optional::empty));
        assertEquals(1, revision(7, 0));
    }

    @Test
    void aReadThatFailsServesNobody() {
        assertThrows(
                IllegalStateException.class,
                () -> catchUpCache.frame(7, () -> {
                    throw new IllegalStateException("the database is away");
                }));
        assertEquals(1, revision(7, 0));
    }
}
