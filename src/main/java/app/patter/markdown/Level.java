package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block that is still open while its beginning is committed: the document, and along its last children others. */
final class Level {

    /** What a level consists of, and so where it may be cut. */
    enum Kind {
        BLOCKS,
        ITEMS,
        ROWS,
        LINES,
        INLINES
    }

    final Kind kind;

    /** Source lines that open the block again before the text that is not committed. */
    final String opening;

    /** Whether the opening makes a first child that was never in the text. */
    final boolean placeholder;

    /** What stands before the content on each line. */
    final String margin;

    /** Where the content goes; null for the document. */
    private final @Nullable Shell shell;

    /** Finds the element with the content. */
    final String selector;

    /** What is committed of the content; of the document only what was not sent yet. */
    final List<Html> done = new ArrayList<>();

    /** How many nodes of {@link #done} the page has. */
    int sent;

    private Level(
            Kind kind, String opening, boolean placeholder, String margin, @Nullable Shell shell, String selector) {
        this.kind = kind;
        this.opening = opening;
        this.placeholder = placeholder;
        this.margin = margin;
        this.shell = shell;
        this.selector = selector;
    }

    static Level document(String target) {
        return new Level(Kind.BLOCKS, "", false, "", null, "#" + target);
    }

    /** A level in this one, whose element is the last child. */
    Level inner(Kind kind, String opening, String margin, Shell shell) {
        String path = selector + ">:last-child" + shell.path();
        boolean placeholder = kind == Kind.BLOCKS;
        return new Level(kind, opening, placeholder, margin, shell, path);
    }

    /** What stands around the content. */
    Shell shell() {
        if (shell == null) {
            throw new IllegalStateException("the document has no element");
        }
        return shell;
    }

    List<Html> unsent() {
        return done.subList(sent, done.size());
    }
}
