package app.patter.markdown;

import org.commonmark.node.CustomNode;

/** A formula in TeX notation within a text; {@link Formulas} tells where one is. */
final class Formula extends CustomNode {

    private final String source;
    private final boolean display;

    Formula(String source, boolean display) {
        this.source = source;
        this.display = display;
    }

    String source() {
        return source;
    }

    /** Whether it stands on lines of its own. */
    boolean isDisplay() {
        return display;
    }
}
