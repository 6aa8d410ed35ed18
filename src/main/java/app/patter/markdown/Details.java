package app.patter.markdown;

import org.commonmark.node.CustomBlock;

/** Blocks that are folded away under a summary. */
final class Details extends CustomBlock {

    /** The line that is always there. */
    static final class Summary extends CustomBlock {}

    private boolean ended;

    /** Whether its end tag has come. */
    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }
}
