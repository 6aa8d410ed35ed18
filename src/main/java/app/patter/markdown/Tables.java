package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.Node;

/** Renders tables, each in a frame in which it scrolls. */
final class Tables {

    private Tables() {}

    /** The table with its head, without the rows of its body. */
    static Shell shell(TableBlock block) {
        List<Html> parts = new ArrayList<>();
        if (block.getFirstChild() instanceof TableHead head) {
            parts.add(Html.Element.of("thead", Renderer.blocks(head)));
        }
        boolean filled = block.getLastChild() instanceof TableBody;
        if (filled) {
            parts.add(Html.Element.of("tbody", List.of()));
        }
        Html.Element table = new Html.Element("table", Renderer.AUTO, parts);
        Html.Element scroller = new Html.Element("div", " class=\"table\" tabindex=\"0\"", List.of(table));
        return new Shell(scroller, filled ? 3 : 0, " tbody", List.of());
    }

    /** A row of the head or of the body. */
    static Html.Element row(Node row) {
        List<Html> cells = new ArrayList<>();
        for (Node child = row.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof TableCell cell) {
                String tag = cell.isHeader() ? "th" : "td";
                cells.add(new Html.Element(tag, alignment(cell), Renderer.inlines(cell)));
            }
        }
        return Html.Element.of("tr", cells);
    }

    private static String alignment(TableCell cell) {
        if (cell.getAlignment() == null) {
            return "";
        }
        return switch (cell.getAlignment()) {
            case LEFT -> " align=\"left\"";
            case CENTER -> " align=\"center\"";
            case RIGHT -> " align=\"right\"";
        };
    }
}
