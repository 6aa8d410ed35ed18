package app.patter.journal;

import app.patter.conversation.Assignment;
import app.patter.conversation.Run;
import app.patter.conversation.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** A draft without a database, for tests of those who write. */
public final class Drafts {

    private final TreeMap<Integer, Draft.Write> rows = new TreeMap<>();
    private final Draft draft;

    public Drafts(Assignment assignment) {
        draft = new Draft(assignment, 1_000_000, Moments.fromNow(), changed -> {}, urgent -> {});
    }

    private Drafts(Assignment assignment, boolean saving) {
        draft = new Draft(assignment, 1_000_000, Moments.fromNow(), changed -> save(), urgent -> save());
    }

    /** One that is saved at once, whenever it changes. */
    public static Drafts saving(Assignment assignment) {
        return new Drafts(assignment, true);
    }

    public Draft draft() {
        return draft;
    }

    /** Saves everything, and reads it as a page would. */
    public synchronized List<Run> runs() {
        save();
        List<Segment> segments = new ArrayList<>();
        rows.values()
                .forEach(write -> segments.add(new Segment(
                        UUID.randomUUID(),
                        draft.assignment().message(),
                        write.row().ordinal,
                        write.row().kind,
                        write.row().continues,
                        write.text(),
                        1,
                        write.row().created,
                        write.closed())));
        return Run.of(segments);
    }

    private synchronized void save() {
        Draft.Change change = draft.take();
        if (change != null) {
            change.writes().forEach(write -> rows.put(write.row().ordinal, write));
            draft.saved(change);
        }
    }
}
