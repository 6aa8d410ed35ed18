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

    public Draft draft() {
        return draft;
    }

    /** Saves everything, and reads it as a page would. */
    public List<Run> runs() {
        Draft.Change change = draft.take();
        if (change != null) {
            change.writes().forEach(write -> rows.put(write.row().ordinal, write));
            draft.saved(change);
        }
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
}
