package app.patter.journal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last committed changes of each conversation, in memory. Only a short cut: a reader that does not find a change here
 * reads the database.
 */
@ApplicationScoped
public class RecentChanges {

    private static final int KEPT = 64;
    private static final long REMEMBERED = 60_000_000_000L;
    private static final int KEPT_CHARACTERS = 128 * 1024;

    private final Map<UUID, Recent> conversations = new ConcurrentHashMap<>();

    /** Adds what a save has committed; before readers are woken, and never before the commit. */
    void add(Change change) {
        conversations.computeIfAbsent(change.conversation(), id -> new Recent()).add(change);
    }

    /** The changes after one revision up to another, if all are known. */
    public Optional<List<Change>> between(UUID conversation, long after, long upTo) {
        Recent recent = conversations.get(conversation);
        return recent == null ? Optional.empty() : recent.between(after, upTo);
    }

    /** Forgets conversations in which nothing was written for a while; called now and then. */
    void expire() {
        conversations.values().removeIf(Recent::isOld);
    }

    private static final class Recent {
        private final Deque<Change> changes = new ArrayDeque<>();
        private int size;
        private volatile long added = System.nanoTime();

        boolean isOld() {
            return System.nanoTime() - added > REMEMBERED;
        }

        synchronized void add(Change change) {
            added = System.nanoTime();
            Change last = changes.peekLast();
            if (last != null && change.revision() != last.revision() + 1) {
                changes.clear(); // another transaction came between; what is older can never be used again
                size = 0;
            }
            changes.add(change);
            size += change.size();
            while (changes.size() > KEPT || (size > KEPT_CHARACTERS && changes.size() > 1)) {
                size -= changes.remove().size();
            }
        }

        synchronized Optional<List<Change>> between(long after, long upTo) {
            List<Change> found = new ArrayList<>();
            for (Change change : changes) {
                if (change.revision() > after && change.revision() <= upTo) {
                    found.add(change);
                }
            }
            boolean whole = !found.isEmpty()
                    && found.get(0).revision() == after + 1
                    && found.get(found.size() - 1).revision() == upTo;
            return whole ? Optional.of(found) : Optional.empty();
        }
    }
}
