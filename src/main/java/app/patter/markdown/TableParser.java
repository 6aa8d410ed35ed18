package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableCell.Alignment;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.Node;
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
 * Tables as GitHub describes them. Other than those of the library they are as large as their text: a short row is not
 * filled up without limit. And a pipe in code or in a formula divides no cell if there would be too many cells.
 */
final class TableParser extends AbstractBlockParser {

    /** A table with more columns is text. */
    private static final int MOST_COLUMNS = 100;

    /** The empty cells that a short row gets. */
    private static final int MOST_FILLED = 16;

    /** Begins a table where a rule stands under the last line of a paragraph that has at most as many cells. */
    static final BlockParserFactory FACTORY = (state, matched) -> {
        List<SourceLine> paragraph = matched.getParagraphLines().getLines();
        if (paragraph.isEmpty()) {
            return BlockStart.none();
        }
        CharSequence line = state.getLine().getContent();
        List<@Nullable Alignment> columns =
                columns(line.subSequence(state.getIndex(), line.length()).toString());
        String head = paragraph.get(paragraph.size() - 1).getContent().toString();
        boolean begins = !columns.isEmpty()
                && columns.size() <= MOST_COLUMNS
                && head.indexOf('|') >= 0
                && Cells.of(head, columns.size()).size() <= columns.size();
        return begins
                ? BlockStart.of(new TableParser(columns, head))
                        .atIndex(state.getIndex())
                        .replaceParagraphLines(1)
                : BlockStart.none();
    };

    private final TableBlock block = new TableBlock();
    private final List<@Nullable Alignment> columns;

    /** The lines of the table without the rule, which comes second. */
    private final List<String> lines = new ArrayList<>();

    private boolean hasRule;
    private boolean lazy = true;

    private TableParser(List<@Nullable Alignment> columns, String head) {
        this.columns = columns;
        lines.add(head);
    }

    /** The columns that a rule describes; none if it is not one. */
    private static List<@Nullable Alignment> columns(String line) {
        List<@Nullable Alignment> columns = new ArrayList<>();
        if (line.indexOf('|') < 0) {
            return columns;
        }
        for (String cell : Cells.of(line, Integer.MAX_VALUE)) {
            String rule = cell.strip();
            boolean left = rule.startsWith(":");
            boolean right = rule.length() > 1 && rule.endsWith(":");
            String dashes = rule.substring(left ? 1 : 0, rule.length() - (right ? 1 : 0));
            if (dashes.isEmpty() || !dashes.chars().allMatch(c -> c == '-')) {
                return List.of();
            }
            columns.add(left && right ? Alignment.CENTER : left ? Alignment.LEFT : right ? Alignment.RIGHT : null);
        }
        return columns;
    }

    @Override
    public Block getBlock() {
        return block;
    }

    @Override
    public boolean canHaveLazyContinuationLines() {
        return lazy;
    }

    @Override
    public @Nullable BlockContinue tryContinue(ParserState state) {
        CharSequence line = state.getLine().getContent();
        String rest =
                line.subSequence(state.getNextNonSpaceIndex(), line.length()).toString();
        if (rest.strip().equals("|")) {
            lazy = false;
            return BlockContinue.none();
        }
        return rest.indexOf('|') < 0 ? BlockContinue.none() : BlockContinue.atIndex(state.getIndex());
    }

    @Override
    public void addLine(SourceLine line) {
        if (hasRule) {
            lines.add(line.getContent().toString());
        }
        hasRule = true;
    }

    @Override
    public void parseInlines(InlineParser parser) {
        Node head = new TableHead();
        block.appendChild(head);
        head.appendChild(row(lines.get(0), true, parser));
        if (lines.size() > 1) {
            Node body = new TableBody();
            block.appendChild(body);
            lines.subList(1, lines.size()).forEach(line -> body.appendChild(row(line, false, parser)));
        }
    }

    private Node row(String line, boolean head, InlineParser parser) {
        List<String> cells = Cells.of(line, columns.size());
        int width = Math.min(columns.size(), head ? columns.size() : cells.size() + MOST_FILLED);
        TableRow row = new TableRow();
        for (int column = 0; column < width; column++) {
            TableCell cell = new TableCell();
            cell.setHeader(head);
            cell.setAlignment(columns.get(column));
            String content = column < cells.size() ? cells.get(column).strip() : "";
            parser.parse(SourceLines.of(SourceLine.of(content, null)), cell);
            row.appendChild(cell);
        }
        return row;
    }
}
