package app.patter.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Specializes;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Ends saves for want of memory, as if a long page had just taken the rest of it. */
@Specializes
@ApplicationScoped
public class ShortOfMemory extends SaveTransaction {

    private final Set<UUID> next = ConcurrentHashMap.newKeySet();

    /** Lets the next save fail of a conversation's text. */
    public void hit(UUID conversation) {
        next.add(conversation);
    }

    /** Whether a save has failed for it. */
    public boolean hasHit(UUID conversation) {
        return !next.contains(conversation);
    }

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Saved save(List<Snapshot> changes) {
        Saved saved = super.save(changes);
        if (changes.stream().anyMatch(change -> next.remove(change.conversation()))) {
            throw new OutOfMemoryError("a test says so");
        }
        return saved;
    }
}
