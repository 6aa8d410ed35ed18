package app.patter.markdown;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/** Finds {@code <summary>} where details begin. */
final class SummaryParser extends AbstractBlockParser {

    private static final Pattern BEGIN = Pattern.compile("<summary(?:\\s[^<>]*)?>", Pattern.CASE_INSENSITIVE);

    /** Begins a block as the first one in details. */
    static final BlockParserFactory FACTORY = (state, matched) -> {
        Block details = matched.getMatchedBlockParser().getBlock();
        CharSequence line = state.getLine().getContent();
        Matcher tag = BEGIN.matcher(line).region(state.getNextNonSpaceIndex(), line.length());
        boolean begins = details instanceof Details && details.getFirstChild() == null && tag.lookingAt();
        return begins ? BlockStart.of(new SummaryParser()).atIndex(tag.end()) : BlockStart.none();
    };

    private static final String END = "</summary>";
    private static final String END_OF_DETAILS = "</details>";

    private final Details.Summary block = new Details.Summary();
    private final SourceLines lines = SourceLines.empty();
    private final SourceLines rest = SourceLines.empty();
    private boolean ended;

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public @Nullable BlockContinue tryContinue(ParserState state) {
        return ended || state.isBlank() ? BlockContinue.none() : BlockContinue.atIndex(state.getIndex());
    }

    @Override
    public void addLine(SourceLine line) {
        String content = line.getContent().toString();
        int end = content.toLowerCase(Locale.ROOT).indexOf(END);
        if (end < 0) {
            lines.addLine(line);
            return;
        }
        ended = true;
        lines.addLine(line.substring(0, end));
        SourceLine more = line.substring(end + END.length(), content.length());
        String text = more.getContent().toString().strip();
        if (text.toLowerCase(Locale.ROOT).endsWith(END_OF_DETAILS) && block.getParent() instanceof Details details) {
            details.end();
            text = text.substring(0, text.length() - END_OF_DETAILS.length()).strip();
        }
        if (!text.isEmpty()) {
            rest.addLine(SourceLine.of(text, null));
        }
    }

    @Override
    public void parseInlines(InlineParser parser) {
        parser.parse(lines, block);
        if (!rest.isEmpty()) {
            Paragraph paragraph = new Paragraph();
            paragraph.setSourceSpans(block.getSourceSpans());
            block.insertAfter(paragraph);
            parser.parse(rest, paragraph);
        }
    }
}
