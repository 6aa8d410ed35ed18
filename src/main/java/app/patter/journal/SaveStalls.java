package app.patter.journal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Which conversations' readers know that saving is paused, because a save failed or one does not return. Thread-safe: a
 * save that stands still is noticed by somebody else.
 */
final class SaveStalls {

    /** Nanoseconds after which a save that has not returned is told of. */
    static final long STANDING = 3_000_000_000L;

    private final Consumer<SavingPaused> tell;

    /** Guarded by this, like all that follows. */
    private final Set<UUID> told = new HashSet<>();

    private Set<UUID> underWay = Set.of();
    private long began;

    /** @param tell called while others wait; must be quick */
    SaveStalls(Consumer<SavingPaused> tell) {
        this.tell = tell;
    }

    /** A save begins. */
    synchronized void begins(Set<UUID> conversations, long now) {
        underWay = conversations;
        began = now;
    }

    /** It has returned, whether or not it succeeded. */
    synchronized void ends() {
        underWay = Set.of();
    }

    /** Whether a save does not return. */
    synchronized boolean standing(long now) {
        return !underWay.isEmpty() && now - began > STANDING;
    }

    /**
     * Looks for a save that does not return.
     *
     * @param waiting conversations whose text waits behind it
     * @return how many conversations are told of it now; 0 when nothing is new
     */
    synchronized int check(Set<UUID> waiting, long now) {
        if (!standing(now)) {
            return 0;
        }
        Set<UUID> held = new HashSet<>(underWay);
        held.addAll(waiting);
        return paused(held);
    }

    /** Text of these could not be saved. */
    synchronized int paused(Set<UUID> conversations) {
        Set<UUID> fresh = new HashSet<>(conversations);
        fresh.removeAll(told);
        if (!fresh.isEmpty()) {
            told.addAll(fresh);
            tell.accept(new SavingPaused(fresh, true));
        }
        return fresh.size();
    }

    /** Text of these has been saved. */
    synchronized int goesOn(List<UUID> conversations) {
        Set<UUID> over = new HashSet<>(conversations);
        over.retainAll(told);
        if (!over.isEmpty()) {
            told.removeAll(over);
            tell.accept(new SavingPaused(over, false));
        }
        return over.size();
    }
}
