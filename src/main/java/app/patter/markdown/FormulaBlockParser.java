package app.patter.markdown;

import org.commonmark.node.Block;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lines of a formula together, which could be items, headings or rules on their own. A blank line ends it, as
 * in TeX.
 */
final class FormulaBlockParser extends AbstractBlockParser {

    /** Begins a block where a line begins with an opening mark and no text follows the closing one. */
    static final BlockParserFactory FACTORY = (state, matched) -> {
        int at = state.getNextNonSpaceIndex();
        CharSequence line = state.getLine().getContent();
        if (state.getIndent() >= 4 || at + 1 >= line.length()) {
            return BlockStart.none();
        }
        String mark = line.subSequence(at, at + 2).toString();
        if (!mark.equals("$$") && !mark.equals("\\[")) {
            return BlockStart.none();
        }
        FormulaBlockParser parser = new FormulaBlockParser(mark);
        return parser.begins(line.subSequence(at + 2, line.length()).toString())
                ? BlockStart.of(parser).atIndex(at)
                : BlockStart.none();
    };

    private final FormulaBlock block = new FormulaBlock();
    private final SourceLines lines = SourceLines.empty();
    private final StringBuilder source = new StringBuilder();
    private final String closing;

    private FormulaBlockParser(String mark) {
        closing = mark.equals("$$") ? mark : "\\]";
    }

    private boolean begins(String rest) {
        int end = rest.indexOf(closing);
        boolean alone = end < 0 || (end > 0 && rest.substring(end + 2).isBlank());
        return alone && !rest.startsWith("$");
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public @Nullable BlockContinue tryContinue(ParserState state) {
        return block.isEnded() || state.isBlank() ? BlockContinue.none() : BlockContinue.atIndex(state.getIndex());
    }

    @Override
    public void addLine(SourceLine line) {
        String content = line.getContent().toString();
        int end = content.indexOf(closing, lines.isEmpty() ? 2 : 0);
        source.append(lines.isEmpty() ? content.substring(2) : "\n" + content);
        lines.addLine(line);
        if (end >= 0) {
            boolean alone = content.substring(end + 2).isBlank();
            block.end(alone ? source.substring(0, source.lastIndexOf(closing)).strip() : null);
        }
    }

    @Override
    public void parseInlines(InlineParser parser) {
        if (block.source() == null) {
            parser.parse(lines, block);
        }
    }
}
