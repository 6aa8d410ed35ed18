package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/** The open text, parsed after the openings of its levels. */
final class Parsed {

    /** How the source that is looked at ends. */
    enum Ending {
        IN_A_LINE,
        AFTER_A_LINE,
        WITH_THE_TEXT
    }

    private final OpenBlocks page;
    private final String source;

    /** Where the open text begins, and where the source would begin, were it all text. */
    private final int start;

    private final int offset;

    /** The node of each level; shorter than the levels if one is not there. */
    private final List<Node> path = new ArrayList<>();

    /**
     * Finds the levels of a page in what the parser has made.
     *
     * @param opening what stands before the open text to open them
     * @param open    the open text, or its beginning
     * @param start   where it begins in the text
     */
    Parsed(OpenBlocks page, Node document, String opening, String open, int start) {
        this.page = page;
        this.source = opening + open;
        this.start = start;
        this.offset = start - opening.length();
        path.add(document);
        for (int depth = 1; depth <= page.depth(); depth++) {
            Node node = child(path.get(depth - 1), page.level(depth - 1));
            if (node == null || !fits(node, page.level(depth))) {
                return;
            }
            path.add(node);
        }
    }

    private static @Nullable Node child(Node parent, Level level) {
        Node first = parent.getFirstChild();
        return level.placeholder && first != null ? first.getNext() : first;
    }

    private static boolean fits(Node node, Level level) {
        return switch (level.kind) {
            case BLOCKS -> node instanceof ListItem || node instanceof BlockQuote || node instanceof Details;
            case ITEMS -> node instanceof ListBlock;
            case ROWS -> node instanceof TableBlock;
            case LINES -> node instanceof FencedCodeBlock;
            case INLINES -> node instanceof Paragraph;
        };
    }

    @Nullable
    Node innermost() {
        return path.size() > page.depth() ? path.get(page.depth()) : null;
    }

    int end() {
        return offset + source.length();
    }

    /** The nodes that the open text makes in the innermost level. */
    List<Node> nodes(Node node) {
        if (page.innermost().kind == Level.Kind.LINES || page.innermost().kind == Level.Kind.INLINES) {
            return List.of();
        }
        if (page.innermost().kind == Level.Kind.ROWS) {
            return node.getLastChild() instanceof TableBody body ? children(body) : List.of();
        }
        List<Node> nodes = children(node);
        return page.innermost().placeholder ? nodes.subList(1, nodes.size()) : nodes;
    }

    List<Html> content(Node node) {
        if (node instanceof FencedCodeBlock code && page.innermost().kind == Level.Kind.LINES) {
            return code.getLiteral().isEmpty() ? List.of() : List.of(new Html.Text(code.getLiteral()));
        }
        if (page.innermost().kind == Level.Kind.INLINES) {
            return withoutOpening(Renderer.paragraph(node).children());
        }
        List<Html> content = new ArrayList<>();
        for (Node part : nodes(node)) {
            Html.Element element = Renderer.block(part);
            if (element != null) {
                content.add(element);
            }
        }
        return content;
    }

    private static List<Html> withoutOpening(List<Html> inlines) {
        List<Html> content = new ArrayList<>(inlines);
        if (content.get(0) instanceof Html.Text begin) {
            String rest = begin.text().substring(Math.min(begin.text().length(), Openings.WORD.length()));
            if (rest.isEmpty()) {
                content.remove(0);
            } else {
                content.set(0, new Html.Text(rest));
            }
        }
        return content;
    }

    /** The deepest level that something follows, or else that is closed at once; 0 if none. */
    int closed(Ending ending) {
        for (int depth = page.depth(); depth > 0; depth--) {
            if (path.get(depth).getNext() != null) {
                return depth;
            }
        }
        for (int depth = page.depth(); depth > 0 && ending == Ending.AFTER_A_LINE; depth--) {
            if (isClosed(path.get(depth), ending)) {
                return depth;
            }
        }
        return ending == Ending.WITH_THE_TEXT && page.depth() > 0 ? 1 : 0;
    }

    /** Where the text after a closed level begins. */
    int cut(int closed, int end) {
        Node next = path.get(closed).getNext();
        return next == null ? end : lineStart(next);
    }

    /** Whether a last block is closed although nothing follows it. */
    boolean isClosed(Node block, Ending ending) {
        if (ending != Ending.AFTER_A_LINE) {
            return ending == Ending.WITH_THE_TEXT;
        }
        if (block instanceof Heading || block instanceof ThematicBreak) {
            return true;
        } else if (block instanceof FencedCodeBlock code) {
            return code.getClosingFenceLength() != null;
        } else if (block instanceof BlockQuote) {
            return lastLine().isBlank();
        } else if (block instanceof Details details) {
            return details.isEnded();
        } else if (block instanceof FormulaBlock formula) {
            return formula.source() != null
                    || (formula.endsLikeText() && lastLine().isBlank());
        }
        boolean ends =
                block instanceof Paragraph || block instanceof LinkReferenceDefinition || block instanceof TableBlock;
        return ends && endsBlank();
    }

    /** Whether there is nothing but marks of quotes in the last line. */
    boolean endsBlank() {
        return lastLine().replace('>', ' ').isBlank();
    }

    private String lastLine() {
        int end = source.length() - 1;
        return source.substring(source.lastIndexOf('\n', end - 1) + 1, end);
    }

    /** Whether a part of an open block can be committed, so that entering it shortens the open text. */
    boolean isDivisible(Node block) {
        if (block instanceof FencedCodeBlock code) {
            if (FormulaBlock.mayBe(code)) {
                return false;
            }
            // A blank line may have closed a quote around the code; the next line will tell.
            return !code.getLiteral().isEmpty() && code.getClosingFenceLength() == null && !endsBlank();
        } else if (block instanceof TableBlock) {
            return block.getLastChild() instanceof TableBody && !endsBlank();
        } else if (block instanceof ListBlock) {
            return block.getFirstChild() != block.getLastChild() || isDivisible(block.getLastChild());
        } else if (block instanceof ListItem || block instanceof BlockQuote || block instanceof Details) {
            List<Node> blocks = children(block);
            if (blocks.isEmpty()) {
                return false;
            }
            Node open = blocks.get(lastOpen(blocks));
            return blocks.size() == 1 ? isDivisible(open) : open != blocks.get(0) && isOnLaterLine(open, block);
        }
        return false;
    }

    /** Not what stands behind the summary of details on their first line. */
    private boolean isOnLaterLine(Node block, Node outer) {
        return lineStart(block) > lineStart(outer);
    }

    /** The first block that stays open: the last, with the definitions before it, which may be part of its paragraph. */
    static int lastOpen(List<Node> blocks) {
        int open = blocks.size() - 1;
        while (open > 0 && blocks.get(open - 1) instanceof LinkReferenceDefinition) {
            open--;
        }
        return open;
    }

    /** Where the line in which a block begins, begins in the text. */
    int lineStart(Node block) {
        int at = block.getSourceSpans().get(0).getInputIndex();
        return Math.max(start, offset + source.lastIndexOf('\n', at - 1) + 1);
    }

    /** The blocks in a block, without the mark of a task. */
    static List<Node> children(Node block) {
        List<Node> children = new ArrayList<>();
        for (Node child = block.getFirstChild(); child != null; child = child.getNext()) {
            if (!(child instanceof TaskListItemMarker)) {
                children.add(child);
            }
        }
        return children;
    }
}
