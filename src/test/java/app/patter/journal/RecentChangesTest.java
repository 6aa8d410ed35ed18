package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentChangesTest {

    private final RecentChanges changes = new RecentChanges();
    private final UUID conversation = UUID.randomUUID();

    @Test
    void givesStepsThatLeadFromOneRevisionToAnother() {
        commit(5);
        commit(6);
        commit(7);
        assertEquals(Optional.of(List.of(6L, 7L)), between(5, 7));
        assertEquals(Optional.of(List.of(6L)), between(5, 6));
    }

    @Test
    void givesNothingWhenAStepIsMissing() {
        commit(5);
        commit(7);
        assertTrue(between(5, 7).isEmpty(), "6 was made elsewhere");
        assertTrue(between(3, 7).isEmpty());
        assertTrue(between(6, 8).isEmpty(), "8 is not here yet");
        assertTrue(between(7, 7).isEmpty());
    }

    @Test
    void keepsOnlyTheLast() {
        for (long revision = 1; revision <= 1_000; revision++) {
            commit(revision);
        }
        assertTrue(between(1, 1_000).isEmpty());
        assertEquals(Optional.of(List.of(999L, 1_000L)), between(998, 1_000));
    }

    private void commit(long revision) {
        changes.add(new Change(conversation, revision, List.of(), 0));
    }

    private Optional<List<Long>> between(long after, long upTo) {
        return changes.between(conversation, after, upTo)
                .map(found -> found.stream().map(Change::revision).toList());
    }
}
