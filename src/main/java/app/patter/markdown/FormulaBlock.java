package app.patter.markdown;

import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.jspecify.annotations.Nullable;

/** A formula on lines of its own; or, as long as its closing mark is missing, the paragraph that it is then. */
final class FormulaBlock extends CustomBlock {

    private final boolean likeText;
    private @Nullable String source;

    /** Begins a block that ends like a paragraph, or only at a closing mark. */
    FormulaBlock(boolean likeText) {
        this.likeText = likeText;
    }

    /** Whether code is a formula: a fence may be its mark. */
    static boolean isFormula(FencedCodeBlock code) {
        return mayBe(code) && !code.getLiteral().isBlank();
    }

    /** Whether code that is not complete may become a formula. */
    static boolean mayBe(FencedCodeBlock code) {
        return isMath(code.getInfo()) && code.getLiteral().length() <= FormulaLines.LONGEST;
    }

    static boolean isMath(@Nullable String info) {
        return info != null && info.strip().equals("math");
    }

    /** Whether it has no closing mark anywhere. */
    boolean endsLikeText() {
        return likeText;
    }

    /** The formula, as TeX; null as long as it is a paragraph. */
    @Nullable
    String source() {
        return source;
    }

    /** Ends the block with the line that holds the closing mark. */
    void end(String formula) {
        source = formula;
    }
}
