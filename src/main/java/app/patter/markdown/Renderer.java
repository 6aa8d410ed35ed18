package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.footnotes.FootnoteReference;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * Makes safe HTML of a parsed text: only the elements and attributes named here, everything else as text. There is no
 * white space between elements, and a paragraph in a list item is always a {@code <p>}: whether a list is tight is
 * known only after its last item, and would rewrite them all.
 */
final class Renderer {

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9_+#.-]{1,32}");

    /** Deeper emphasis is shown as plain text; see {@link Grammar} for blocks. */
    private static final int DEEPEST = 50;

    /** Tells the page's script that the code before it is complete, and holds what that does with it. */
    static final Html.Element TOOLS = new Html.Element("div", " class=\"tools\"", List.of());

    /**
     * Text of either direction, as the first letter says. Paragraphs in lists and quotes would hide that from these.
     */
    static final String AUTO = " dir=\"auto\"";

    private Renderer() {}

    /** The blocks in a block. */
    static List<Html> blocks(Node parent) {
        List<Html> blocks = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            Html.Element block = block(child);
            if (block != null) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    /** A block as exactly one element; null if it shows nothing, as a link definition. */
    static Html.@Nullable Element block(Node block) {
        if (block instanceof Paragraph) {
            return paragraph(block);
        } else if (block instanceof FormulaBlock formula) {
            return formula.source() == null ? paragraph(formula) : formula(formula.source());
        } else if (block instanceof FencedCodeBlock code && FormulaBlock.isFormula(code)) {
            return formula(code.getLiteral().strip());
        } else if (block instanceof Heading heading) {
            return new Html.Element("h" + heading.getLevel(), AUTO, inlines(heading));
        } else if (block instanceof ThematicBreak) {
            return Html.Element.of("hr", List.of());
        } else if (block instanceof TableRow) {
            return Tables.row(block);
        } else if (block instanceof Footnotes.Notes) {
            return notes(block);
        } else if (block instanceof Details.Summary) {
            return new Html.Element("summary", AUTO, inlines(block));
        }
        Shell shell = shell(block);
        return shell == null ? null : shell.complete(content(block));
    }

    /** The empty element of a block that holds others, or lines. */
    static @Nullable Shell shell(Node block) {
        if (block instanceof BlockQuote) {
            return Shell.of(new Html.Element("blockquote", AUTO, List.of()));
        } else if (block instanceof Details) {
            return Shell.of(Html.Element.of("details", List.of()));
        } else if (block instanceof BulletList) {
            return Shell.of(new Html.Element("ul", AUTO, List.of()));
        } else if (block instanceof OrderedList list) {
            return Shell.of(new Html.Element("ol", AUTO + start(list), List.of()));
        } else if (block instanceof ListItem) {
            return Shell.of(Html.Element.of("li", List.of()));
        } else if (block instanceof FencedCodeBlock code) {
            return code(language(code.getInfo()));
        } else if (block instanceof IndentedCodeBlock) {
            return code("");
        } else if (block instanceof TableBlock table) {
            return Tables.shell(table);
        }
        return null;
    }

    /** What fills the {@link #shell}. */
    private static List<Html> content(Node block) {
        if (block instanceof FencedCodeBlock code) {
            return text(code.getLiteral());
        } else if (block instanceof IndentedCodeBlock code) {
            return text(code.getLiteral());
        } else if (block instanceof TableBlock) {
            return block.getLastChild() instanceof TableBody body ? blocks(body) : List.of();
        }
        return blocks(block);
    }

    private static String start(OrderedList list) {
        Integer start = list.getMarkerStartNumber();
        return start == null || start == 1 ? "" : Html.attribute("start", start.toString());
    }

    private static Shell code(String language) {
        List<Html> parts = new ArrayList<>();
        if (!language.isEmpty()) {
            parts.add(Html.Element.of("figcaption", text(language)));
        }
        String attributes = language.isEmpty() ? "" : Html.attribute("class", "language-" + language);
        Html.Element code = new Html.Element("code", attributes, List.of());
        // Code scrolls sideways, and must do so without a mouse.
        parts.add(new Html.Element("pre", " tabindex=\"0\"", List.of(code)));
        Html.Element figure = new Html.Element("figure", " class=\"code\"", parts);
        return new Shell(figure, 3, " code", List.of(TOOLS));
    }

    private static String language(@Nullable String info) {
        String language = info == null ? "" : info.strip().split("\\s", 2)[0];
        return LANGUAGE.matcher(language).matches() ? language : "";
    }

    /** A paragraph with its inlines, and the box of the task that it describes. */
    static Html.Element paragraph(Node paragraph) {
        List<Html> inlines = new ArrayList<>();
        if (paragraph.getPrevious() instanceof TaskListItemMarker marker) {
            String attributes = marker.isChecked() ? " checked aria-label=\"Done\"" : " aria-label=\"To do\"";
            inlines.add(new Html.Element("input", " type=\"checkbox\" disabled" + attributes, List.of()));
            Html.add(inlines, new Html.Text(" "));
        }
        inlines(paragraph, inlines, 0, false);
        boolean inherits = paragraph.getParent() instanceof ListItem || paragraph.getParent() instanceof BlockQuote;
        return new Html.Element("p", inherits ? "" : AUTO, inlines);
    }

    private static Html.Element notes(Node notes) {
        List<Html> items = new ArrayList<>();
        for (Node note = notes.getFirstChild(); note != null; note = note.getNext()) {
            items.add(Html.Element.of("li", blocks(note)));
        }
        return new Html.Element("section", " class=\"notes\"", List.of(Html.Element.of("ol", items)));
    }

    private static Html.Element formula(String source) {
        return new Html.Element("div", " class=\"math display\"", text(source));
    }

    static List<Html> inlines(Node parent) {
        List<Html> inlines = new ArrayList<>();
        inlines(parent, inlines, 0, false);
        return inlines;
    }

    private static void inlines(Node parent, List<Html> into, int depth, boolean linked) {
        if (depth > DEEPEST) {
            Html.add(into, new Html.Text(plain(parent)));
            return;
        }
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            inline(child, into, depth, linked);
        }
    }

    private static void inline(Node node, List<Html> into, int depth, boolean linked) {
        if (node instanceof Text || node instanceof HtmlInline || node instanceof SoftLineBreak) {
            Html.add(into, new Html.Text(literal(node)));
        } else if (node instanceof Code code) {
            into.add(Html.Element.of("code", text(code.getLiteral())));
        } else if (node instanceof Formula formula) {
            String attributes = formula.isDisplay() ? " class=\"math display\"" : " class=\"math inline\"";
            into.add(new Html.Element("span", attributes, text(formula.source())));
        } else if (node instanceof FootnoteReference reference) {
            Html.add(into, new Html.Text("[^" + reference.getLabel() + "]"));
        } else if (node instanceof Footnotes.Reference reference) {
            into.add(Html.Element.of("sup", text(Integer.toString(reference.number()))));
        } else if (node instanceof HardLineBreak) {
            into.add(Html.Element.of("br", List.of()));
        } else if (node instanceof Emphasis) {
            nested("em", "", node, into, depth, linked);
        } else if (node instanceof StrongEmphasis) {
            nested("strong", "", node, into, depth, linked);
        } else if (node instanceof Strikethrough) {
            nested("del", "", node, into, depth, linked);
        } else if (node instanceof Tags.Tagged tagged) {
            nested(tagged.name(), "", node, into, depth, linked);
        } else if (node instanceof Link link) {
            link(link, into, depth, linked);
        } else if (node instanceof Image image) {
            image(image, into, linked);
        } else {
            inlines(node, into, depth + 1, linked);
        }
    }

    private static void nested(String tag, String attributes, Node node, List<Html> into, int depth, boolean linked) {
        List<Html> children = new ArrayList<>();
        inlines(node, children, depth + 1, linked);
        into.add(new Html.Element(tag, attributes, children));
    }

    private static void link(Link link, List<Html> into, int depth, boolean linked) {
        String address = linked ? null : Addresses.allowed(link.getDestination());
        if (link.getDestination().equals(Addresses.ARRIVING)) {
            // An element of its own already, so that nothing around it changes when the address is there.
            nested("a", "", link, into, depth, true);
        } else if (address == null) {
            inlines(link, into, depth + 1, linked);
        } else {
            nested("a", target(address, link.getTitle()), link, into, depth, true);
        }
    }

    /** A picture elsewhere would tell its server who reads what, and when: the reader may follow a link to it. */
    private static void image(Image image, List<Html> into, boolean linked) {
        String address = linked ? null : Addresses.allowed(image.getDestination());
        String description = plain(image);
        if (image.getDestination().equals(Addresses.ARRIVING) && !linked) {
            into.add(Html.Element.of("a", text(description)));
        } else if (address == null) {
            Html.add(into, new Html.Text(description));
        } else {
            String shown = description.isBlank() ? address : description;
            into.add(new Html.Element("a", target(address, image.getTitle()), text(shown)));
        }
    }

    private static String target(String address, @Nullable String title) {
        return Html.attribute("href", address)
                + (title == null ? "" : Html.attribute("title", title))
                + " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";
    }

    private static List<Html> text(String text) {
        return text.isEmpty() ? List.of() : List.of(new Html.Text(text));
    }

    /** The text in a node, however deep: without recursion. */
    private static String plain(Node top) {
        StringBuilder plain = new StringBuilder();
        for (Node node = top; node != null; node = Inlines.following(node, top)) {
            plain.append(literal(node));
        }
        return plain.toString();
    }

    private static String literal(Node node) {
        if (node instanceof Text text) {
            return text.getLiteral();
        } else if (node instanceof Code code) {
            return code.getLiteral();
        } else if (node instanceof HtmlInline html) {
            return html.getLiteral();
        } else if (node instanceof Formula formula) {
            return formula.source();
        }
        boolean line = node instanceof HardLineBreak || (node instanceof SoftLineBreak && !LineBreaks.isNothing(node));
        return line ? "\n" : "";
    }
}
