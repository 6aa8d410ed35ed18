package app.patter.journal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last committed steps of each conversation, in memory. Only a short cut: who does not find a step here reads the
 * database.
 */
@ApplicationScoped
public class RecentChanges {

    private static final int KEPT = 64;
    private static final long REMEMBERED = 60_000_000_000L;
    private static final int KEPT_CHARACTERS = 128 * 1024;

    private final Map<UUID, Recent> conversations = new ConcurrentHashMap<>();

    /** Steps of the transaction that runs on this thread; readers may not see them before its commit. */
    private static final ThreadLocal<@Nullable Map<UUID, Change>> UNCOMMITTED = new ThreadLocal<>();

    /** Holds back the steps of the transaction on this thread until {@link #committed} or {@link #forget}. */
    void hold(List<Change> steps) {
        Map<UUID, Change> held = new HashMap<>();
        steps.forEach(change -> held.put(change.conversation(), change));
        UNCOMMITTED.set(held);
    }

    /** Lets go of what was held back on this thread and not committed. */
    void forget() {
        UNCOMMITTED.remove();
    }

    /** To be called after the commit, on its thread, before readers are woken. */
    public void committed(UUID conversation, long revision) {
        Map<UUID, Change> held = UNCOMMITTED.get();
        Change change = held == null ? null : held.remove(conversation);
        if (change != null && change.revision() == revision) {
            conversations.computeIfAbsent(conversation, id -> new Recent()).add(change);
        }
    }

    /** The steps after one revision up to another, if all are known. */
    public Optional<List<Change>> between(UUID conversation, long after, long upTo) {
        Recent recent = conversations.get(conversation);
        return recent == null ? Optional.empty() : recent.between(after, upTo);
    }

    /** Forgets conversations in which nothing was written for a while; called now and then. */
    void expire() {
        conversations.values().removeIf(Recent::isOld);
    }

    private static final class Recent {
        private final Deque<Change> steps = new ArrayDeque<>();
        private int size;
        private volatile long added = System.nanoTime();

        boolean isOld() {
            return System.nanoTime() - added > REMEMBERED;
        }

        synchronized void add(Change change) {
            added = System.nanoTime();
            Change last = steps.peekLast();
            if (last != null && change.revision() != last.revision() + 1) {
                steps.clear(); // another transaction came between; what is older can never be used again
                size = 0;
            }
            steps.add(change);
            size += change.size();
            while (steps.size() > KEPT || (size > KEPT_CHARACTERS && steps.size() > 1)) {
                size -= steps.remove().size();
            }
        }

        synchronized Optional<List<Change>> between(long after, long upTo) {
            List<Change> found = new ArrayList<>();
            for (Change change : steps) {
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
