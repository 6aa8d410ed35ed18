package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;

/**
 * What a page shows of a growing text, and the operations that it was not told yet. The levels are the blocks that are
 * open: the document, in it perhaps a list, in that its last item, and so on.
 */
final class OpenBlocks {

    private final List<Level> levels = new ArrayList<>();

    /** The document's committed blocks, as HTML. */
    private final List<String> blocks = new ArrayList<>();

    /** The innermost level when the page was changed last; what is committed since then is not on the page. */
    private int base;

    /** What the page shows in the base level after what is committed. */
    private List<Html> shown = List.of();

    private List<Swap> operations = new ArrayList<>();

    /** Whether an operation was impossible, so that everything must be shown anew. */
    private boolean lost;

    OpenBlocks(String target) {
        levels.add(Level.document(target));
    }

    int depth() {
        return levels.size() - 1;
    }

    Level level(int depth) {
        return levels.get(depth);
    }

    Level innermost() {
        return levels.get(depth());
    }

    /** How many blocks of the document are committed and show something. */
    int blocks() {
        return blocks.size();
    }

    String opening() {
        StringBuilder opening = new StringBuilder();
        levels.forEach(level -> opening.append(level.opening));
        return opening.toString();
    }

    /** Adds content of the innermost level that will never change. */
    void commit(List<Html> content) {
        add(depth(), content);
    }

    private void add(int depth, List<Html> content) {
        levels.get(depth).done.addAll(content);
        if (depth == 0) {
            content.forEach(block -> blocks.add(Html.write(List.of(block))));
        }
    }

    /** Opens a level in the innermost one. */
    void open(Level level) {
        levels.add(level);
    }

    /** Closes levels from the innermost one to the given one, which become content of the level around them. */
    void close(int depth) {
        if (base >= depth) {
            show(List.of());
        }
        while (depth() >= depth) {
            Level closed = levels.remove(depth());
            add(depth(), List.of(closed.shell().complete(Html.joined(closed.done, List.of()))));
            if (base > depth()) {
                end(closed.shell());
                base = depth();
                innermost().sent = innermost().done.size();
            }
        }
        forgetSentBlocks();
    }

    /** Completes the element of a level, which is the last one on the page. */
    private void end(Shell shell) {
        if (!shell.end().isEmpty()) {
            operations.add(new Swap.Append(innermost().selector + ">:last-child", shell.end()));
        }
    }

    /** Brings the page to what is committed, and after that a preview of the rest of the innermost level. */
    void show(List<Html> preview) {
        List<Html> wanted =
                Html.joined(level(base).unsent(), base == depth() ? preview : List.of(unsent(base + 1, preview)));
        boolean shrinks = !Difference.add(level(base).selector, shown, wanted, operations);
        if (shrinks && base > 0) {
            operations.add(new Swap.Replace(level(base - 1).selector + ">:last-child", whole(base, preview)));
        } else if (shrinks) {
            lost = true;
        }
        levels.forEach(level -> level.sent = level.done.size());
        forgetSentBlocks();
        base = depth();
        shown = preview;
    }

    private Html.Element unsent(int depth, List<Html> preview) {
        List<Html> rest = depth == depth() ? preview : List.of(unsent(depth + 1, preview));
        return level(depth).shell().around(Html.joined(level(depth).done, rest));
    }

    private void forgetSentBlocks() {
        Level document = level(0);
        document.done.subList(0, document.sent).clear();
        document.sent = 0;
    }

    /** What the page shows in the innermost level after what is committed, if nothing was committed since. */
    List<Html> shown() {
        return base == depth() ? shown : List.of();
    }

    /** Puts a committed block of the document in the place of another. */
    void replace(int index, Html.Element block) {
        String html = Html.write(List.of(block));
        if (!html.equals(blocks.get(index))) {
            blocks.set(index, html);
            String selector = level(0).selector + ">:nth-child(" + (index + 1) + ")";
            operations.add(new Swap.Replace(selector, block));
        }
    }

    /** Shows something else, for good. */
    void reset(String html) {
        blocks.clear();
        blocks.add(html);
        operations = new ArrayList<>(List.of(new Swap.Reset(level(0).selector, html)));
        lost = false;
    }

    String html() {
        StringBuilder html = new StringBuilder();
        blocks.forEach(html::append);
        if (depth() == 0) {
            Html.write(shown, html);
        } else {
            Html.write(List.of(whole(1, shown)), html);
        }
        return html.toString();
    }

    private Html.Element whole(int depth, List<Html> last) {
        List<Html> content = new ArrayList<>(level(depth).done);
        if (depth == depth()) {
            content.addAll(last);
        } else {
            content.add(whole(depth + 1, last));
        }
        return level(depth).shell().around(content);
    }

    String takeOperations() {
        if (lost) {
            operations = new ArrayList<>(List.of(new Swap.Reset(level(0).selector, html())));
            lost = false;
        }
        String written = Swap.write(operations);
        operations = new ArrayList<>();
        return written;
    }
}
