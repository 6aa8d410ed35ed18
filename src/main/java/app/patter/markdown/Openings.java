package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;

/**
 * Writes source lines that open a block again, so that the rest of it can be parsed without its beginning. A block that
 * holds blocks gets a first paragraph "x", which the blank line after it closes.
 */
final class Openings {

    /** What an opened paragraph begins with. */
    static final String WORD = "x ";

    private Openings() {}

    static String quote(String margin) {
        return margin + "> x\n" + margin + ">\n";
    }

    static String details(String margin) {
        return margin + "<details>\n" + margin + "x\n" + margin.stripTrailing() + "\n";
    }

    static String item(ListItem item, String margin) {
        return margin + " ".repeat(item.getMarkerIndent()) + marker(item) + "x\n" + margin.stripTrailing() + "\n";
    }

    /** Before the rest of a paragraph, from within a line: what stands there begins no block. */
    static String paragraph(String margin) {
        return margin + WORD;
    }

    /** The marker and the blanks after it, as wide as in the text, with any number. */
    private static String marker(ListItem item) {
        int width = item.getContentIndent() - item.getMarkerIndent();
        if (item.getParent() instanceof OrderedList list) {
            int digits = Math.min(9, width - 2);
            return "1".repeat(digits) + list.getMarkerDelimiter() + " ".repeat(width - digits - 1);
        }
        String bullet = item.getParent() instanceof BulletList list ? list.getMarker() : "-";
        return bullet + " ".repeat(width - 1);
    }

    /** What stands before the content of an item on each of its lines. */
    static String margin(ListItem item, String margin) {
        return margin + " ".repeat(item.getContentIndent());
    }

    static String code(FencedCodeBlock code, String margin) {
        int length = code.getOpeningFenceLength() == null ? 3 : code.getOpeningFenceLength();
        return margin + " ".repeat(code.getFenceIndent())
                + code.getFenceCharacter().repeat(length) + "\n";
    }

    static String table(TableBlock table, String margin) {
        List<String> rules = new ArrayList<>();
        Node row = table.getFirstChild().getFirstChild();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            rules.add(cell instanceof TableCell known ? rule(known) : "-");
        }
        String head = "|" + "x|".repeat(rules.size());
        return margin + head + "\n" + margin + "|" + String.join("|", rules) + (rules.isEmpty() ? "-\n" : "|\n");
    }

    private static String rule(TableCell cell) {
        if (cell.getAlignment() == null) {
            return "---";
        }
        return switch (cell.getAlignment()) {
            case LEFT -> ":--";
            case CENTER -> ":-:";
            case RIGHT -> "--:";
        };
    }
}
