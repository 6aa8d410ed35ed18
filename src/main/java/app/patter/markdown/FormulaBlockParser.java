package app.patter.markdown;

import org.commonmark.node.Block;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/** Keeps the lines of a formula together, which could be items, headings or rules on their own. */
final class FormulaBlockParser extends AbstractBlockParser {

    private final FormulaBlock block;
    private final SourceLines lines = SourceLines.empty();
    private final StringBuilder source = new StringBuilder();
    private final String opening;

    private final FormulaLines.Ends ends;

    /** How many lines are missing up to the one with the closing mark. */
    private long missing;

    private FormulaBlockParser(String opening, FormulaLines.Ends ends, long missing) {
        this.opening = opening;
        this.ends = ends;
        this.block = new FormulaBlock(ends == FormulaLines.Ends.LIKE_TEXT);
        this.missing = missing;
    }

    /** Begins a block on the lines of a text that begin a formula. */
    static BlockParserFactory factory(String text, boolean complete) {
        FormulaLines lines = new FormulaLines(text, complete);
        return (state, matched) -> {
            SourceSpan span = state.getLine().getSourceSpan();
            int index = state.getNextNonSpaceIndex();
            if (span == null
                    || state.getIndent() >= 4
                    || !begins(state.getLine().getContent(), index)) {
                return BlockStart.none();
            }
            int at = span.getInputIndex() + index;
            FormulaLines.Beginning beginning = lines.at(at, state.getColumn());
            if (beginning.ends() == FormulaLines.Ends.BEFORE) {
                return BlockStart.none();
            }
            String source = text.substring(at, beginning.end());
            return BlockStart.of(new FormulaBlockParser(Tex.opening(text, at), beginning.ends(), breaks(source)))
                    .atIndex(index);
        };
    }

    private static long breaks(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private static boolean begins(CharSequence line, int at) {
        return at + 1 < line.length() && (line.charAt(at) == '$' || line.charAt(at) == '\\');
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public @Nullable BlockContinue tryContinue(ParserState state) {
        boolean over = block.source() != null || (state.isBlank() && ends == FormulaLines.Ends.LIKE_TEXT);
        return over ? BlockContinue.none() : BlockContinue.atIndex(state.getIndex());
    }

    @Override
    public void addLine(SourceLine line) {
        source.append(lines.isEmpty() ? "" : "\n").append(line.getContent());
        lines.addLine(line);
        if (ends == FormulaLines.Ends.CLOSED && missing-- == 0) {
            String formula = source.toString().strip();
            int mark = opening.length();
            block.end(
                    Tex.isEnvironment(opening)
                            ? formula
                            : formula.substring(mark, formula.length() - mark).strip());
        }
    }

    @Override
    public void parseInlines(InlineParser parser) {
        if (block.source() == null) {
            parser.parse(lines, block);
        }
    }
}
