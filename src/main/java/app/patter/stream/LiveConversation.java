package app.patter.stream;

import app.patter.conversation.CatchUp;
import app.patter.conversation.MessageState;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.Transcript;
import app.patter.journal.Change;
import app.patter.journal.Completion;
import app.patter.journal.RecentChanges;
import app.patter.markdown.LiveMarkdown;
import app.patter.markdown.PlainText;
import app.patter.page.DomIds;
import app.patter.page.ToolCallView;
import app.patter.page.ToolCallViews;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** The messages being written in the view, by sequence number. */
    private final Map<Long, LiveMessage> messages = new HashMap<>();

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

    /** A message being written; the text is null where the run that may still grow is none, or a tool's. */
    private static final class LiveMessage {
        private final ToolCallViews toolCalls;
        private final Set<String> decided;
        private int run = -1;
        private @Nullable LiveMarkdown text;

        LiveMessage(ToolCallViews toolCalls, Set<String> decided) {
            this.toolCalls = toolCalls;
            this.decided = decided;
        }
    }

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

    /** The HTML of texts that grow as it is at a revision, by the messages' sequence numbers; empty if that is not known. */
    synchronized Map<Long, String> growing(long at) {
        Map<Long, String> growing = new HashMap<>();
        if (revision == at) {
            messages.forEach((number, message) -> {
                if (message.text != null) {
                    growing.put(number, message.text.html());
                }
            });
        }
        return growing;
    }

    private void follow(Transcript.Entry entry) {
        if (!entry.message().state().active()) {
            return;
        }
        LiveMessage message = new LiveMessage(
                new ToolCallViews(
                        conversation, entry.message().id(), entry.message().sequence()),
                entry.decided());
        entry.segments().forEach(message.toolCalls::add);
        if (!entry.segments().isEmpty()) {
            Segment last = entry.segments().get(entry.segments().size() - 1);
            message.run = last.ordinal();
            message.text = ToolCallViews.isText(last.kind())
                    ? LiveMarkdown.resumed(DomIds.text(entry.message().sequence(), last.ordinal()), last.text())
                    : null;
        }
        messages.put(entry.message().sequence(), message);
    }

    private void forget() {
        revision = UNKNOWN;
        messages.clear();
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
            LiveMessage message = messages.get(part.message().sequence());
            if (message != null) { // otherwise of no message in the view
                render(part, message, pieces);
            }
        }
        return pieces;
    }

    private void render(Change.Part part, LiveMessage message, List<String> pieces) {
        long number = part.message().sequence();
        for (Change.Growth growth : part.growths()) {
            if (growth.begins()) {
                end(message, pieces);
                message.run = growth.run();
            }
            if (!ToolCallViews.isText(growth.kind())) {
                tool(number, growth, message, pieces);
            } else if (growth.begins()) {
                message.text = new LiveMarkdown(DomIds.text(number, growth.run()));
                message.text.append(growth.text());
                String html = message.text.html();
                pieces.add(fragments.run(number, growth, html));
            } else if (growth.run() == message.run && message.text != null) {
                add(pieces, message.text.append(growth.text()));
                if (growth.lasted() != null) {
                    add(pieces, fragments.runTitle(number, growth));
                }
            }
        }
        Completion how = part.end();
        if (how != null) {
            end(message, pieces);
            message.toolCalls.all().stream()
                    .filter(view -> !view.ended())
                    .forEach(view -> pieces.add(fragments.toolCallAgain(view.view(how.state(), message.decided))));
            messages.remove(number);
        }
        if (part.state() != null) {
            pieces.add(fragments.state(part.message(), part.state(), part.end()));
        }
    }

    private void tool(long number, Change.Growth growth, LiveMessage message, List<String> pieces) {
        if (growth.kind() == SegmentKind.TOOL_RESULT) {
            message.toolCalls
                    .happened(growth.text())
                    .ifPresent(view ->
                            pieces.add(fragments.toolCallAgain(view.view(MessageState.CALLING, message.decided))));
        } else if (growth.begins()) {
            ToolCallViews.Begun begun =
                    message.toolCalls.begin(growth.run(), growth.text(), OffsetDateTime.now(ZoneOffset.UTC));
            if (begun != null) {
                ToolCallView before = begun.before();
                if (before != null) {
                    pieces.add(Fragments.remove(before.element()));
                }
                pieces.add(fragments.toolCall(number, begun.view().view(MessageState.CALLING, message.decided)));
            }
        } else if (growth.run() == message.run && !growth.text().isEmpty()) {
            message.toolCalls.at(growth.run()).ifPresent(view -> {
                view.more(growth.text());
                pieces.add(Fragments.append(view.argumentsElement(), PlainText.html(growth.text())));
            });
        }
    }

    private static void end(LiveMessage message, List<String> pieces) {
        if (message.text != null) {
            add(pieces, message.text.end());
            message.text = null;
        }
    }

    private static void add(List<String> pieces, String piece) {
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
    }
}
