package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.stream.Mailbox.Mail;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Mailbox mailbox = new Mailbox(3, true);

    @Test
    void itBeginsWithAHeartbeatUnlessSomethingWasMissed() {
        assertEquals(Mail.HEARTBEAT, mailbox.next());
        assertNull(mailbox.next());
        Mailbox behind = new Mailbox(3, true);
        behind.due(4);
        assertNull(behind.next());
        assertTrue(behind.isBehind());
        behind.put(new Frame(4, "four", 0));
        assertEquals(new Mail(null, "four", 4), behind.next());
        assertNull(behind.next(), "the frame was sign enough");
    }

    @Test
    void noticesComeBeforeFramesAndOnlyTheLatestOfEachName() {
        mailbox.due(4);
        mailbox.put(new Frame(4, "four", 0));
        mailbox.notice("paused", "true", false);
        mailbox.notice("running", "none", false);
        mailbox.notice("paused", "false", false);
        assertEquals(Mail.named("paused", "false"), mailbox.next());
        assertEquals(Mail.named("running", "none"), mailbox.next());
        assertEquals(new Mail(null, "four", 4), mailbox.next());
    }

    @Test
    void aLongFrameIsSentInPartsAndHeldUntilAllIsWritten() {
        Frame frame = new Frame(4, "word ".repeat(1_000), 0);
        mailbox.put(frame);
        Mail part = mailbox.next();
        assertEquals("part", part == null ? null : part.name());
        assertTrue(mailbox.isWithinFrame());
        assertEquals(4, mailbox.position());
        Mail last = mailbox.next();
        assertTrue(last != null && last.endsFrame());
        assertFalse(mailbox.isWithinFrame());
        assertEquals(frame, mailbox.held());
        assertEquals(frame, mailbox.written());
        assertNull(mailbox.held());
    }

    @Test
    void nothingComesAfterTheLastNotice() {
        mailbox.due(4);
        mailbox.notice("login", "ended", true);
        assertFalse(mailbox.isOver());
        assertEquals(Mail.named("login", "ended"), mailbox.next());
        assertTrue(mailbox.isOver());
        mailbox.put(new Frame(4, "four", 0));
        assertNull(mailbox.next());
        assertNull(mailbox.held());
    }

    @Test
    void aClosedOneHoldsNothing() {
        mailbox.put(new Frame(4, "four", 0));
        mailbox.notice("paused", "true", false);
        mailbox.close();
        assertTrue(mailbox.isOver());
        assertNull(mailbox.next());
        assertNull(mailbox.held());
    }
}
