package app.patter.stream;

import app.patter.conversation.Message;
import app.patter.conversation.MessageState;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.Transcript;
import app.patter.journal.Change;
import app.patter.journal.Completion;
import app.patter.markdown.LiveMarkdown;
import app.patter.markdown.PlainText;
import app.patter.page.DomIds;
import app.patter.page.ToolCallView;
import app.patter.page.ToolCallViews;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An answer being written: renders what is added to it for all pages that show it. Not thread-safe. */
final class LiveAnswer {

    private final Fragments fragments;
    private final long number;
    private final ToolCallViews toolCalls;
    private final Set<String> decided;

    /** Ordinal of the run that may still grow; −1 before the first. */
    private int run = -1;

    /** That run; null where it is none, or a tool's. */
    private @Nullable LiveMarkdown text;

    /**
     * An answer as it is in the database.
     *
     * @param number   its sequence number
     * @param segments what it has, in order
     * @param decided  ids of the calls about which a person has decided
     */
    LiveAnswer(Fragments fragments, long number, ToolCallViews toolCalls, List<Segment> segments, Set<String> decided) {
        this.fragments = fragments;
        this.number = number;
        this.toolCalls = toolCalls;
        this.decided = decided;
        segments.forEach(toolCalls::add);
        if (!segments.isEmpty()) {
            Segment last = segments.get(segments.size() - 1);
            run = last.ordinal();
            text = ToolCallViews.isText(last.kind())
                    ? LiveMarkdown.resumed(DomIds.text(number, last.ordinal()), last.text())
                    : null;
        }
    }

    static LiveAnswer of(Fragments fragments, Transcript.Entry entry) {
        Message message = entry.message();
        long number = message.sequence();
        ToolCallViews toolCalls = new ToolCallViews(message.conversation(), message.id(), number);
        return new LiveAnswer(fragments, number, toolCalls, entry.segments(), entry.decided());
    }

    /** HTML of the text that may still grow; null if there is none. */
    @Nullable
    String growing() {
        return text == null ? null : text.html();
    }

    /** Adds to the pieces what brings a page from what this answer was to what it is with the change. */
    void render(Change.Part change, List<String> pieces) {
        change.growths().forEach(growth -> render(growth, pieces));
        Completion how = change.end();
        if (how != null) {
            endText(pieces);
            toolCalls.all().stream()
                    .filter(view -> !view.ended())
                    .forEach(view -> pieces.add(fragments.toolCallAgain(view.view(how.state(), decided))));
        }
        if (change.state() != null) {
            pieces.add(fragments.state(change.message(), change.state(), how));
        }
    }

    private void render(Change.Growth growth, List<String> pieces) {
        if (growth.begins()) {
            endText(pieces);
            run = growth.run();
        }
        LiveMarkdown grows = text;
        if (!ToolCallViews.isText(growth.kind())) {
            tool(growth, pieces);
        } else if (growth.begins()) {
            begin(growth, pieces);
        } else if (growth.run() == run && grows != null) {
            add(pieces, grows.append(growth.text()));
            if (growth.lasted() != null) {
                add(pieces, fragments.runTitle(number, growth));
            }
        }
    }

    private void begin(Change.Growth growth, List<String> pieces) {
        LiveMarkdown begun = new LiveMarkdown(DomIds.text(number, growth.run()));
        begun.append(growth.text());
        text = begun;
        pieces.add(fragments.run(number, growth, begun.html()));
    }

    private void tool(Change.Growth growth, List<String> pieces) {
        if (growth.kind() == SegmentKind.TOOL_RESULT) {
            toolCalls
                    .happened(growth.text())
                    .ifPresent(view -> pieces.add(fragments.toolCallAgain(view.view(MessageState.CALLING, decided))));
        } else if (growth.begins()) {
            ToolCallViews.Begun begun =
                    toolCalls.begin(growth.run(), growth.text(), OffsetDateTime.now(ZoneOffset.UTC));
            if (begun != null) {
                ToolCallView before = begun.before();
                if (before != null) {
                    pieces.add(Fragments.remove(before.element()));
                }
                pieces.add(fragments.toolCall(number, begun.view().view(MessageState.CALLING, decided)));
            }
        } else if (growth.run() == run && !growth.text().isEmpty()) {
            toolCalls.at(growth.run()).ifPresent(view -> {
                view.more(growth.text());
                pieces.add(Fragments.append(view.argumentsElement(), PlainText.html(growth.text())));
            });
        }
    }

    private void endText(List<String> pieces) {
        if (text != null) {
            add(pieces, text.end());
            text = null;
        }
    }

    private static void add(List<String> pieces, String piece) {
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
    }
}
