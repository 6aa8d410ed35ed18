package app.patter.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for a save of a message: the model's stream for room, others until everything is saved. Not thread-safe. */
final class Waiters {

    private @Nullable Runnable room;
    private final List<Runnable> saved = new ArrayList<>();

    /** To run when there is room; one may wait at a time. */
    void forRoom(Runnable next) {
        room = next;
    }

    /** To run when everything is saved. */
    void forSave(Runnable next) {
        saved.add(next);
    }

    /** What waits no more, in order: to be run once, without a lock. */
    List<Runnable> due(boolean hasRoom, boolean isSaved) {
        List<Runnable> due = new ArrayList<>();
        if (hasRoom && room != null) {
            due.add(room);
            room = null;
        }
        if (isSaved) {
            due.addAll(saved);
            saved.clear();
        }
        return due;
    }
}
