package app.patter.markdown;

import org.commonmark.node.CustomBlock;
import org.jspecify.annotations.Nullable;

/** A formula on lines of its own; or, as long as its closing mark is missing, the paragraph that it is then. */
final class FormulaBlock extends CustomBlock {

    private @Nullable String source;
    private boolean ended;

    /** The formula, as TeX; null if this is a paragraph. */
    @Nullable
    String source() {
        return source;
    }

    /** Whether no further line belongs to it, whatever comes. */
    boolean isEnded() {
        return ended;
    }

    /** Ends the block with a line that holds the closing mark. */
    void end(@Nullable String formula) {
        ended = true;
        source = formula;
    }
}
