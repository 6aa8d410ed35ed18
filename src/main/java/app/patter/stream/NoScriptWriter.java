package app.patter.stream;

import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEventCodec;
import app.patter.journal.Change;
import app.patter.markdown.PlainText;
import app.patter.page.MessageText;
import app.patter.page.ToolCallText;
import app.patter.page.ToolCallViews;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes an answer into a page that is still being loaded, as the answer grows. */
final class NoScriptWriter {

    private final Writer page;

    /** Characters that each run shows already. */
    private final Map<Integer, Integer> shown = new HashMap<>();

    /** What calls of tools are called, by their ids. */
    private final Map<String, String> titles = new HashMap<>();

    private int open = -1;
    private boolean folded;

    NoScriptWriter(Writer page) {
        this.page = page;
    }

    /** Shows what the whole runs have more than the page. */
    void show(List<Segment> segments) throws IOException {
        for (Segment segment : segments) {
            int from = shown.getOrDefault(segment.ordinal(), 0);
            if (from < segment.text().length()) {
                write(segment.ordinal(), segment.kind(), segment.text().substring(from));
            }
        }
    }

    /** Shows what was added to a run; it must have been shown up to there. */
    void show(Change.Growth growth) throws IOException {
        if (!growth.text().isEmpty()) {
            write(growth.run(), growth.kind(), growth.text());
        }
    }

    private void write(int run, SegmentKind kind, String text) throws IOException {
        if (!ToolCallViews.isText(kind)) {
            tool(run, text);
            return;
        }
        if (run != open) {
            close();
            open = run;
            folded = kind == SegmentKind.REASONING;
            page.write(
                    folded
                            ? "<details class=\"reasoning\" open><summary>" + MessageText.THINKING.words()
                                    + "</summary>"
                            : "");
            page.write("<div class=\"text plain\">");
        }
        page.write(PlainText.html(text));
        shown.merge(run, text.length(), Integer::sum);
    }

    /** Names a call, and how it ended; the page that follows shows the rest. */
    private void tool(int run, String text) throws IOException {
        ToolEvent event =
                shown.containsKey(run) ? null : ToolEventCodec.decode(text).orElse(null);
        shown.merge(run, text.length(), Integer::sum);
        if (event instanceof ToolEvent.Called called) {
            titles.put(called.call(), called.title());
            note(called, " …");
        } else if (event instanceof ToolEvent.Ended ended) {
            note(ended, ": " + ended.outcome().word());
        }
    }

    private void note(ToolEvent event, String what) throws IOException {
        close();
        String title = titles.getOrDefault(event.call(), ToolCallText.TOOL.words());
        page.write("<p class=\"soft\">" + PlainText.html(title) + what + "</p>");
    }

    /** Ends the run that was shown last. */
    void close() throws IOException {
        if (open >= 0) {
            page.write(folded ? "</div></details>" : "</div>");
            open = -1;
        }
    }
}
