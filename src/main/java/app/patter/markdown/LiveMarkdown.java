package app.patter.markdown;

import java.util.List;

/**
 * A text that grows on pages that show it: what is new becomes operations whose cost depends on the open block, not on
 * the length of the text.
 *
 * <p>Text is committed from its beginning as soon as nothing later can change how it is understood: a block when another
 * follows, and within the last block list items, table rows and lines of code. Only what is not committed is parsed
 * again, after source lines that open the blocks around it (see {@link Openings}), and shown as if its marks were closed
 * already (see {@link Optimism}). A link definition that comes late replaces the blocks that wait for it.
 *
 * <p>Not for several threads at once.
 */
public final class LiveMarkdown {

    private final CleanText clean = new CleanText();
    private final StringBuilder text = new StringBuilder();
    private final OpenText open;
    private final Page page;

    /** Up to where complete lines were looked at for what can be committed. */
    private int examined;

    /** Whether the line that is not complete can no longer change what stands before it, and was looked at. */
    private boolean decided;

    /**
     * Begins an empty text.
     *
     * @param target the id of the element that shows it, empty on the page
     */
    public LiveMarkdown(String target) {
        this.page = new Page(target);
        this.open = new OpenText(text, page);
    }

    /** A text of which pages show {@link #html} already. */
    public static LiveMarkdown resumed(String target, String text) {
        LiveMarkdown live = new LiveMarkdown(target);
        live.append(text);
        return live;
    }

    /**
     * Adds text.
     *
     * @return htmx out-of-band swaps on a single line that bring a page from the last {@link #html} to the next; empty if
     *     nothing shows
     */
    public String append(String more) {
        String added = clean.next(more);
        if (added.isEmpty()) {
            return "";
        }
        text.append(added);
        commit();
        page.show(open.preview());
        open.replaceLate();
        return page.takeOperations();
    }

    /** Ends the text: after these operations the page shows the same as {@link Markdown#html} of the whole text. */
    public String end() {
        text.append(clean.rest());
        open.finish();
        page.show(List.of());
        open.replaceLate();
        String whole = Markdown.clean(text.toString());
        if (!whole.equals(page.html())) {
            page.reset(whole);
        }
        return page.takeOperations();
    }

    /** What a page shows that followed all operations so far. */
    public String html() {
        return page.html();
    }

    private void commit() {
        int complete = text.lastIndexOf("\n") + 1;
        if (complete > examined) {
            open.commit(complete, true);
            examined = complete;
            decided = false;
        }
        if (!decided && PartialLine.decides(text, complete)) {
            open.commit(text.length(), false);
            decided = true;
        }
    }
}
