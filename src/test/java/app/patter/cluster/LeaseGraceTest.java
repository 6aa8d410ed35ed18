package app.patter.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LeaseGraceTest {

    private static final long LEASE = 10;

    @Test
    void aNodeThatIsAloneJudgesAtOnce() {
        assertTrue(new LeaseGrace(LEASE, true, 100).mayJudge(100));
    }

    @Test
    void aNodeThatStartsGivesOthersALeaseTimeToRenewTheirs() {
        LeaseGrace term = new LeaseGrace(LEASE, false, 100);
        term.renewed(102);
        assertFalse(term.mayJudge(102));
        term.renewed(108);
        assertFalse(term.mayJudge(109));
        assertTrue(term.mayJudge(110));
    }

    @Test
    void aNodeWhoseOwnLeaseRanOutJudgesNobodyUntilItHasRenewedAndALeaseTimeHasPassed() {
        LeaseGrace term = new LeaseGrace(LEASE, true, 100);
        assertFalse(term.mayJudge(110), "its own lease has run out");
        term.renewed(130);
        assertFalse(term.mayJudge(130), "nobody could renew while the database was away");
        term.renewed(135);
        assertFalse(term.mayJudge(139));
        assertTrue(term.mayJudge(140));
    }

    @Test
    void whoRenewsInTimeJudgesAllTheTime() {
        LeaseGrace term = new LeaseGrace(LEASE, true, 100);
        for (long now = 102; now < 200; now += 2) {
            term.renewed(now);
            assertTrue(term.mayJudge(now));
        }
    }
}
