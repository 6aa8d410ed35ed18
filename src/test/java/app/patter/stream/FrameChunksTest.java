package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a frame says of the revision that it follows. */
class FrameChunksTest {

    private static String whole(long follows, long revision, String data) {
        FrameChunks parts = FrameChunks.of(new Frame(revision, data, 0), follows);
        String whole = parts.next();
        assertTrue(parts.isLast());
        return whole;
    }

    @Test
    void aFrameSaysWhatItFollowsOnlyIfThatIsNotTheRevisionBefore() {
        assertEquals("<i>x</i>", whole(4, 5, "<i>x</i>"));
        assertEquals("<!--4--><i>x</i>", whole(4, 6, "<i>x</i>"));
    }

    @Test
    void aFrameInWhichNothingIsToBeSeenStillMovesThePageOn() {
        assertEquals("<!--4-->", whole(4, 5, ""));
        assertEquals("<!--4-->", whole(4, 6, ""));
    }
}
