package app.patter.stream;

import app.patter.conversation.CatchUp;
import app.patter.conversation.Transcript;
import app.patter.journal.Change;
import app.patter.journal.RecentChanges;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One view of a conversation that somebody watches: each step is rendered once, for all who watch. It begins with what the database
 * holds at some revision and goes on with the steps in memory; when one of those is missing, it begins again. Thread-safe.
 */
final class LiveConversation {

    private static final int KEPT = 64;
    private static final int KEPT_CHARACTERS = 256 * 1024;
    private static final long UNKNOWN = -1;

    private final UUID conversation;
    private final RecentChanges changes;
    private final Fragments fragments;
    private final Runnable rendered;

    /** The revision at which the messages are known, and up to which steps are rendered. */
    private long revision = UNKNOWN;

    /** All that a page shows of a conversation that has just begun; null when it goes on. */
    private @Nullable CatchUp first;

    /** Whether nobody watched when that was looked at last. */
    private boolean unwatched;

    /** The answers being written in the view, by sequence number. */
    private final Map<Long, LiveAnswer> answers = new HashMap<>();

    private final CatchUpCache catchUpCache = new CatchUpCache(System::nanoTime);

    private final Deque<Rendered> recent = new ArrayDeque<>();
    private int size;

    /** What brings a page from one revision to the next. */
    private record Rendered(long revision, List<String> pieces, int size, long since) {}

    /**
     * What brings a page on.
     *
     * @param since when the oldest of it came, as {@link System#nanoTime()}; 0 if nobody knows
     */
    record Told(List<String> pieces, long since) {}

    LiveConversation(UUID conversation, RecentChanges changes, Fragments fragments, Runnable rendered) {
        this.conversation = conversation;
        this.changes = changes;
        this.fragments = fragments;
        this.rendered = rendered;
    }

    /** What leads from one revision to another, in order; empty if only the database can tell. */
    synchronized Optional<Told> between(long after, long upTo) {
        if (!advance(upTo)) {
            return Optional.empty();
        }
        List<String> pieces = new ArrayList<>();
        long since = 0;
        long next = after + 1;
        for (Rendered step : recent) {
            if (step.revision() == next && next <= upTo) {
                pieces.addAll(step.pieces());
                since = Change.earlier(since, step.since());
                next++;
            }
        }
        return next == upTo + 1 ? Optional.of(new Told(pieces, since)) : Optional.empty();
    }

    /** What the database told pages that watch this view. */
    CatchUpCache catchUps() {
        return catchUpCache;
    }

    /** Goes on from what the database holds, unless more is known already. */
    synchronized void begin(CatchUp missed) {
        if (revision >= missed.revision()) {
            return;
        }
        forget();
        missed.replaced().forEach(this::follow);
        missed.added().forEach(this::follow);
        revision = missed.revision();
    }

    /** Goes on from a conversation's beginning. */
    synchronized void begunWith(CatchUp shown) {
        begin(shown);
        first = shown;
    }

    /** What a page that shows nothing misses, as long as that is known without the database. */
    synchronized Optional<CatchUp> begun() {
        return Optional.ofNullable(first);
    }

    /** Whether nobody watches, nor did when this was asked last. */
    synchronized boolean isForgotten(boolean watched) {
        boolean before = unwatched;
        unwatched = !watched;
        return unwatched && before;
    }

    /** The HTML of texts that grow as it is at a revision, by the messages' sequence numbers; empty if that is not known. */
    synchronized Map<Long, String> growing(long at) {
        Map<Long, String> growing = new HashMap<>();
        if (revision == at) {
            answers.forEach((number, answer) -> {
                String html = answer.growing();
                if (html != null) {
                    growing.put(number, html);
                }
            });
        }
        return growing;
    }

    private void follow(Transcript.Entry entry) {
        if (entry.message().state().active()) {
            answers.put(entry.message().sequence(), LiveAnswer.of(fragments, entry));
        }
    }

    private void forget() {
        revision = UNKNOWN;
        first = null;
        answers.clear();
        recent.clear();
        size = 0;
    }

    private boolean advance(long upTo) {
        if (revision == UNKNOWN || revision >= upTo) {
            return revision != UNKNOWN;
        }
        long reached = UNKNOWN;
        try {
            for (Change change : changes.between(conversation, revision, upTo).orElse(List.of())) {
                add(change, render(change));
                rendered.run();
                reached = change.revision();
            }
        } finally {
            if (reached == upTo) {
                revision = upTo;
            } else {
                forget(); // a step is missing, or rendering failed and left a text half told
            }
        }
        return reached == upTo;
    }

    private void add(Change change, List<String> pieces) {
        int length = pieces.stream().mapToInt(String::length).sum();
        recent.add(new Rendered(change.revision(), pieces, length, change.since()));
        size += length;
        while (recent.size() > KEPT || (size > KEPT_CHARACTERS && recent.size() > 1)) {
            size -= recent.remove().size();
        }
    }

    private List<String> render(Change change) {
        List<String> pieces = new ArrayList<>();
        for (Change.Part part : change.parts()) {
            long number = part.message().sequence();
            LiveAnswer answer = answers.get(number);
            if (answer != null) { // otherwise not in the view
                answer.render(part, pieces);
                if (part.end() != null) {
                    answers.remove(number);
                }
            }
        }
        return pieces;
    }
}
