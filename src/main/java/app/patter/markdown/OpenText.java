package app.patter.markdown;

import app.patter.markdown.Parsed.Ending;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/** The end of a growing text that is not committed, and the rules by which it becomes so. */
final class OpenText {

    /** From this length on text that is not committed is shown in strides, because all of it is parsed for each of them. */
    private static final int LONG = 8_192;

    private static final int STRIDE = 1_024;

    private static final List<Html> BLANK = List.of(new Html.Text(" "));

    private final StringBuilder text;
    private final OpenBlocks page;
    private final Definitions definitions = new Definitions();
    private final Grammar grammar = Grammar.parts(definitions);
    private final LateDefinitions late = new LateDefinitions();

    /** Where the open text begins. */
    private int start;

    /** Where the document's open block began, and the labels that its committed parts looked up in vain. */
    private int blockStart;

    private final Set<String> blockMissing = new HashSet<>();

    /** Whether nothing comes after the text. */
    private boolean ended;

    /** Where open text began of which nothing could be committed, and where to try again: long text is parsed seldom. */
    private int triedFrom;

    private int worthATry;

    /** Up to where the open text was shown last, and where that began. */
    private int shownTo;

    private int shownFrom;

    private final LongParagraph paragraph = new LongParagraph();

    OpenText(StringBuilder text, OpenBlocks page) {
        this.text = text;
        this.page = page;
    }

    /**
     * Commits what nothing later can change.
     *
     * @param end      up to where the text is looked at
     * @param complete whether that is the end of a line; if not, of a line that {@link PartialLine#decides decides}
     */
    void commit(int end, boolean complete) {
        if (start == triedFrom && end < worthATry) {
            return;
        }
        Ending ending = complete ? Ending.AFTER_A_LINE : Ending.IN_A_LINE;
        while (start < end && step(end, ending)) {
            // Each step moves the start or closes a level.
        }
        int length = end - start;
        triedFrom = start;
        worthATry = length > LONG ? end + length / 8 : end;
    }

    /** Commits everything. */
    void finish() {
        ended = true;
        while ((start < text.length() || page.depth() > 0) && step(text.length(), Ending.WITH_THE_TEXT)) {
            // As above.
        }
    }

    /**
     * Commits the beginning of a long paragraph, if all marks in it have found their counterparts: up to a blank within a
     * line, so that what follows means the same without it.
     *
     * @param end up to where the text is looked at: within a line that {@link PartialLine#decides decides}
     */
    void commitInlines(int end) {
        boolean within = page.innermost().kind == Level.Kind.INLINES;
        if (!paragraph.isWorthATry(start, end, within)) {
            return;
        }
        int cut = LongParagraph.lastBlank(text, start, end);
        if (cut < 0 || !isOneParagraph(end, within)) {
            return;
        }
        Parsed parsed = parse(text.substring(start, cut));
        Node node = parsed.innermost();
        Node words = node == null || within ? node : parsed.nodes(node).get(0);
        if (!(words instanceof Paragraph) || LongParagraph.hasOpenMarks(words)) {
            return;
        }
        blockMissing.addAll(definitions.takeMissing());
        if (within) {
            page.commit(Html.joined(parsed.content(words), BLANK));
        } else {
            Html.Element paragraph = Renderer.paragraph(words);
            Level outer = page.innermost();
            if (page.depth() == 0) {
                blockStart = start;
            }
            Shell shell = Shell.of(paragraph.with(List.of()));
            page.open(outer.inner(Level.Kind.INLINES, Openings.paragraph(outer.margin), outer.margin, shell));
            page.commit(Html.joined(paragraph.children(), BLANK));
        }
        start = cut + 1;
    }

    /** Characters that are not committed. */
    int length() {
        return text.length() - start;
    }

    private boolean isOneParagraph(int end, boolean within) {
        Parsed parsed = parse(text.substring(start, end));
        Node node = parsed.innermost();
        if (node == null || parsed.closed(Ending.IN_A_LINE) > 0) {
            return false;
        }
        List<Node> blocks = parsed.nodes(node);
        boolean alone = blocks.size() == 1 && blocks.get(0) instanceof Paragraph;
        return within || (alone && page.innermost().kind == Level.Kind.BLOCKS);
    }

    /** Replaces the committed blocks that waited for a definition. */
    void replaceLate() {
        late.replace(page, (from, to) -> {
            List<Html> blocks = Renderer.blocks(grammar.parse(text.substring(from, to), true));
            definitions.takeMissing();
            return blocks;
        });
    }

    /** What to show of the open text. */
    List<Html> preview() {
        int end = text.length();
        if (end - start > LONG) {
            end -= (end - start) % STRIDE;
            if (start == shownFrom && end == shownTo) {
                return page.shown();
            }
        }
        shownFrom = start;
        shownTo = end;
        String rest = Optimism.shown(text.substring(start, end), page.innermost().kind);
        if (rest.isEmpty()) {
            return List.of();
        }
        Parsed parsed = parse(rest);
        Node node = parsed.innermost();
        if (node == null) {
            return page.shown();
        }
        List<Html> content = Optimism.unfinished(parsed.content(node));
        return rest.endsWith("\n") ? content : Optimism.withoutImplied(content);
    }

    private boolean step(int end, Ending ending) {
        Parsed parsed = parse(text.substring(start, end));
        Node node = parsed.innermost();
        if (node == null) {
            // The openings failed: go on with what is left as text of the document; the end compares.
            close(1, List.of(), start);
            return true;
        }
        int closed = parsed.closed(ending);
        if (closed > 0) {
            int cut = parsed.cut(closed, end);
            List<Html> rest = settled(parsed, node, cut, end);
            close(closed, rest, cut);
            return true;
        }
        return divide(parsed, node, end, ending);
    }

    private Parsed parse(String source) {
        String opening = page.opening();
        definitions.takeMissing();
        return new Parsed(page, grammar.parse(opening + source, ended), opening, source, start);
    }

    /** The content of the innermost level up to a cut, without what definitions after the cut do to it. */
    private List<Html> settled(Parsed parsed, Node node, int cut, int end) {
        Parsed settled = parsed;
        Node innermost = node;
        int definition = text.indexOf("]:", cut);
        if (definition >= 0 && definition < end) {
            settled = parse(text.substring(start, cut));
            Node again = settled.innermost();
            innermost = again == null ? node : again;
        }
        blockMissing.addAll(definitions.takeMissing());
        return commitDefinitions(settled.nodes(innermost), settled.content(innermost));
    }

    private List<Html> commitDefinitions(List<Node> nodes, List<Html> content) {
        Set<String> added = new HashSet<>();
        nodes.forEach(node -> definitions.collect(node, added));
        late.define(added);
        return content;
    }

    /** Closes levels, with what is left of the innermost one. */
    private void close(int depth, List<Html> rest, int cut) {
        if (page.depth() > 0) {
            page.commit(rest);
            page.close(depth);
        }
        start = cut;
        if (page.depth() == 0) {
            late.wait(page.blocks() - 1, blockStart, cut, blockMissing);
            blockMissing.clear();
        }
    }

    /** Commits what is closed in the innermost level, or opens a level in it. */
    private boolean divide(Parsed parsed, Node node, int end, Ending ending) {
        return switch (page.innermost().kind) {
            case BLOCKS -> divideBlocks(parsed, parsed.nodes(node), end, ending);
            case ITEMS -> divideItems(parsed, node, ending);
            case ROWS, LINES -> {
                if (ending == Ending.AFTER_A_LINE) {
                    blockMissing.addAll(definitions.takeMissing());
                    page.commit(parsed.content(node));
                    start = end;
                }
                yield false;
            }
            case INLINES -> false;
        };
    }

    private boolean divideBlocks(Parsed parsed, List<Node> blocks, int end, Ending ending) {
        if (blocks.isEmpty()) {
            // Blank lines; but in a quote they may be what ends it.
            if (page.innermost().margin.indexOf('>') < 0) {
                start = end;
            }
            return false;
        }
        int open = parsed.isClosed(blocks.get(blocks.size() - 1), ending) ? blocks.size() : Parsed.lastOpen(blocks);
        if (open > 0) {
            int cut = open == blocks.size() ? end : parsed.lineStart(blocks.get(open));
            commitBlocks(parsed, open, cut, end);
            return start < end;
        }
        Node last = blocks.get(blocks.size() - 1);
        if (ending == Ending.AFTER_A_LINE && blocks.size() == 1 && parsed.isDivisible(last)) {
            if (page.depth() == 0) {
                blockStart = start;
            }
            enter(parsed, last, end);
            return true;
        }
        return false;
    }

    private void commitBlocks(Parsed parsed, int count, int cut, int end) {
        Parsed settled = parsed;
        int definition = text.indexOf("]:", cut);
        if (definition >= 0 && definition < end) {
            settled = parse(text.substring(start, cut));
        }
        Node node = settled.innermost();
        if (node == null) {
            return;
        }
        List<Node> blocks = settled.nodes(node);
        blocks = blocks.subList(0, Math.min(count, blocks.size()));
        blockMissing.addAll(definitions.takeMissing());
        commitDefinitions(blocks, List.of());
        boolean document = page.depth() == 0;
        int from = start;
        for (int at = 0; at < blocks.size(); at++) {
            Html.Element element = Renderer.block(blocks.get(at));
            if (element != null) {
                int to = at + 1 < blocks.size() ? settled.lineStart(blocks.get(at + 1)) : cut;
                page.commit(List.of(element));
                if (document) {
                    late.wait(page.blocks() - 1, from, to, blockMissing);
                }
                from = to;
            }
        }
        if (document) {
            blockMissing.clear();
        }
        start = cut;
    }

    private boolean divideItems(Parsed parsed, Node list, Ending ending) {
        Node last = list.getLastChild();
        if (last != list.getFirstChild()) {
            List<Node> items = parsed.nodes(list);
            commitParts(items.subList(0, items.size() - 1));
            start = parsed.lineStart(last);
            return true;
        }
        if (ending == Ending.AFTER_A_LINE && parsed.isDivisible(last)) {
            enter(parsed, last, parsed.end());
            return true;
        }
        return false;
    }

    /** Commits blocks within an open block of the document. */
    private void commitParts(List<Node> parts) {
        blockMissing.addAll(definitions.takeMissing());
        commitDefinitions(parts, List.of());
        for (Node part : parts) {
            Html.Element element = Renderer.block(part);
            if (element != null) {
                page.commit(List.of(element));
            }
        }
    }

    /** Opens a divisible block as a level, and in it the next, until something is committed. */
    private void enter(Parsed parsed, Node block, int end) {
        Level outer = page.innermost();
        String margin = outer.margin;
        Shell shell = Renderer.shell(block);
        if (shell == null) {
            return;
        }
        if (block instanceof FencedCodeBlock code) {
            page.open(outer.inner(Level.Kind.LINES, Openings.code(code, margin), margin, shell));
            page.commit(List.of(new Html.Text(code.getLiteral())));
            start = end;
        } else if (block instanceof TableBlock table) {
            page.open(outer.inner(Level.Kind.ROWS, Openings.table(table, margin), margin, shell));
            blockMissing.addAll(definitions.takeMissing());
            page.commit(Renderer.blocks(table.getLastChild()));
            start = end;
        } else if (block instanceof Details) {
            page.open(outer.inner(Level.Kind.BLOCKS, Openings.details(margin), margin, shell));
            enterLast(parsed, Parsed.children(block), Parsed.lastOpen(Parsed.children(block)), end);
        } else if (block instanceof ListBlock) {
            page.open(outer.inner(Level.Kind.ITEMS, "", margin, shell));
            enterLast(parsed, Parsed.children(block), Parsed.children(block).size() - 1, end);
        } else {
            page.open(
                    block instanceof ListItem item
                            ? outer.inner(
                                    Level.Kind.BLOCKS,
                                    Openings.item(item, margin),
                                    Openings.margin(item, margin),
                                    shell)
                            : outer.inner(Level.Kind.BLOCKS, Openings.quote(margin), margin + "> ", shell));
            enterLast(parsed, Parsed.children(block), Parsed.lastOpen(Parsed.children(block)), end);
        }
    }

    private void enterLast(Parsed parsed, List<Node> children, int open, int end) {
        if (open > 0) {
            commitParts(children.subList(0, open));
            start = parsed.lineStart(children.get(open));
        } else {
            enter(parsed, children.get(0), end);
        }
    }
}
