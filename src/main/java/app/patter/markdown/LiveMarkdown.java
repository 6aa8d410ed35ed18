package app.patter.markdown;

import java.util.List;

/**
 * A text that grows on pages that show it: what is new becomes operations whose cost depends on the open block, not on
 * the length of the text.
 *
 * <p>Text is committed from its beginning as soon as nothing later can change how it is understood: a block when another
 * follows, and within the last block list items, table rows, lines of code, and the beginning of a long paragraph. Only what is not committed is parsed
 * again, after source lines that open the blocks around it (see {@link Openings}), and shown as if its marks were closed
 * already (see {@link Optimism}). A link definition that comes late replaces the blocks that wait for it.
 *
 * <p>Not for several threads at once.
 */
public final class LiveMarkdown {

    /** Characters after which a line is looked at that is not complete. */
    private static final int STRIDE = 512;

    private final CleanText clean = new CleanText();
    private final StringBuilder text = new StringBuilder();
    private final OpenText open;
    private final OpenBlocks page;

    /** Up to where complete lines were looked at for what can be committed. */
    private int examined;

    /** The next place, a multiple of the stride, at which the line that it stands in is looked at. */
    private int strides = STRIDE;

    /** Whether the line that is not complete can no longer change what stands before it, and was looked at. */
    private boolean decided;

    /**
     * Begins an empty text.
     *
     * @param target the id of the element that shows it, empty on the page
     */
    public LiveMarkdown(String target) {
        this.page = new OpenBlocks(target);
        this.open = new OpenText(text, page);
    }

    /**
     * Goes on with a text of which pages show the beginning. What is shown depends on the text only, not on the pieces
     * in which it arrived: {@link #html} and the operations that follow are the same as if it had been followed.
     *
     * @param text what was appended so far, in any pieces
     */
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

    /** How many characters are not committed, and so looked at again. */
    int uncommitted() {
        return open.length();
    }

    /**
     * Line by line, and within long lines stride by stride, because what is committed depends on what was looked at:
     * however text arrives, it looks the same.
     */
    private void commit() {
        for (int end = text.indexOf("\n", examined) + 1; end > 0; end = text.indexOf("\n", examined) + 1) {
            stride(end - 1);
            open.commit(end, true);
            examined = end;
            decided = false;
        }
        stride(text.length());
        decide(text, text.length());
    }

    /** Looks at the beginning of a line that goes up to an end at least. */
    private void stride(int end) {
        for (; strides <= end; strides += STRIDE) {
            if (strides > examined) {
                decide(decided ? text : text.substring(0, strides), strides);
                if (decided) {
                    open.commitInlines(strides);
                }
            }
        }
    }

    private void decide(CharSequence known, int end) {
        if (!decided && PartialLine.decides(known, examined)) {
            open.commit(end, false);
            decided = true;
        }
    }
}
