package app.patter.markdown;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/** Finds {@code <details>} at the beginning of a line, and its end tag at the beginning of another. */
final class DetailsParser extends AbstractBlockParser {

    private static final Pattern BEGIN = Pattern.compile("<details(?:\\s[^<>]*)?>", Pattern.CASE_INSENSITIVE);

    /** Begins a block, whose content may follow on the same line. */
    static final BlockParserFactory FACTORY = (state, matched) -> {
        Matcher tag = tag(BEGIN, state);
        return tag.lookingAt() ? BlockStart.of(new DetailsParser()).atIndex(tag.end()) : BlockStart.none();
    };

    private static final Pattern END = Pattern.compile("</details\\s*>\\s*", Pattern.CASE_INSENSITIVE);

    private final Details block = new Details();

    private static Matcher tag(Pattern pattern, ParserState state) {
        CharSequence line = state.getLine().getContent();
        int from = state.getIndent() < 4 ? state.getNextNonSpaceIndex() : line.length();
        return pattern.matcher(line).region(from, line.length());
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public boolean isContainer() {
        return true;
    }

    @Override
    public boolean canContain(Block child) {
        return true;
    }

    @Override
    public @Nullable BlockContinue tryContinue(ParserState state) {
        if (block.isEnded()) {
            return BlockContinue.none();
        }
        if (!isWithinOther(state.getActiveBlockParser().getBlock())
                && tag(END, state).matches()) {
            block.end();
            return BlockContinue.finished();
        }
        return BlockContinue.atIndex(state.getIndex());
    }

    /** Whether a line belongs to what is open in this block and has an end of its own. */
    private boolean isWithinOther(Node active) {
        for (Node open = active; open != block; open = open.getParent()) {
            boolean ends = open instanceof Details details && !details.isEnded();
            if (open == null || ends || open instanceof FencedCodeBlock || open instanceof FormulaBlock) {
                return open != null;
            }
        }
        return false;
    }
}
