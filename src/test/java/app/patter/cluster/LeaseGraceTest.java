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
        LeaseGrace grace = new LeaseGrace(LEASE, false, 100);
        grace.renewed(102);
        assertFalse(grace.mayJudge(102));
        grace.renewed(108);
        assertFalse(grace.mayJudge(109));
        assertTrue(grace.mayJudge(110));
    }

    @Test
    void aNodeThatWasAwayJudgesNobodyForALeaseTime() {
        LeaseGrace grace = new LeaseGrace(LEASE, true, 100);
        assertFalse(grace.mayJudge(110), "its own lease has run out");
        grace.renewed(130);
        assertFalse(grace.mayJudge(130), "nobody could renew while the database was away");
        grace.renewed(135);
        assertFalse(grace.mayJudge(139));
        assertTrue(grace.mayJudge(140));
    }

    @Test
    void whoRenewsInTimeJudgesAllTheTime() {
        LeaseGrace grace = new LeaseGrace(LEASE, true, 100);
        for (long now = 102; now < 200; now += 2) {
            grace.renewed(now);
            assertTrue(grace.mayJudge(now));
        }
    }
}
