package app.patter.markdown;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The Markdown that is understood: CommonMark with tables, strikethrough, bare links, task lists, footnotes and formulas. Every
 * text goes through {@link #parse}, whole or in part.
 */
final class Grammar {

    /** Browsers flatten what is nested deeper than 512 elements, and deep trees exhaust the stack. */
    private static final int DEEPEST = 100;

    private static final List<Extension> EXTENSIONS =
            List.of(TaskListItemsExtension.create(), FootnotesExtension.create());

    /** In the order in which a line is tried for them. Not HTML, which would swallow the Markdown after it. */
    private static final Set<Class<? extends Block>> BLOCKS = new LinkedHashSet<>(List.of(
            BlockQuote.class,
            Heading.class,
            FencedCodeBlock.class,
            ThematicBreak.class,
            ListBlock.class,
            IndentedCodeBlock.class));

    private static final Grammar WHOLE = new Grammar(null);

    private final @Nullable Definitions definitions;

    /** For texts without formulas on lines of their own, which are most. */
    private final Parser parser;

    private Grammar(@Nullable Definitions definitions) {
        this.definitions = definitions;
        this.parser = builder().build();
    }

    /** The grammar of whole texts. */
    static Grammar whole() {
        return WHOLE;
    }

    /** The grammar of parts of a text, which knows the definitions in earlier parts. */
    static Grammar parts(Definitions definitions) {
        return new Grammar(definitions);
    }

    private Parser.Builder builder() {
        Parser.Builder builder = Parser.builder()
                .extensions(EXTENSIONS)
                .enabledBlockTypes(BLOCKS)
                .customBlockParserFactory(TableParser.FACTORY)
                .customBlockParserFactory(DetailsParser.FACTORY)
                .customBlockParserFactory(SummaryParser.FACTORY)
                .customInlineContentParserFactory(FormulaParser.FACTORY)
                .customInlineContentParserFactory(Run.FACTORY)
                .customInlineContentParserFactory(Tags.FACTORY)
                .postProcessor(new Inlines())
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .maxOpenBlockParsers(DEEPEST);
        return definitions == null ? builder : builder.linkProcessor(definitions);
    }

    /**
     * The document that a clean text means.
     *
     * @param complete whether nothing comes after the text
     */
    Node parse(String text, boolean complete) {
        try {
            Node document = parser(text, complete).parse(text);
            int mark = lastMark(text);
            if (mark < 0 || !endsWithHeading(document)) {
                return document;
            }
            String escaped = text.substring(0, mark) + '\\' + text.substring(mark);
            return parser(escaped, complete).parse(escaped);
        } catch (StackOverflowError tooDeep) {
            // Thousands of marks in each other, which nobody writes to be read: shown as they are.
            return unparsed(text);
        }
    }

    private Parser parser(String text, boolean complete) {
        return FormulaLines.mayBeIn(text)
                ? builder()
                        .customBlockParserFactory(FormulaBlockParser.factory(text, complete))
                        .build()
                : parser;
    }

    /**
     * Where the marks begin of which the last line consists, as long as that line has no end: what will be an item or a
     * rule is no heading until then. -1 if it holds anything else.
     */
    private static int lastMark(String text) {
        int from = text.lastIndexOf('\n') + 1;
        int to = text.length();
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        int at = to;
        while (at > from && (text.charAt(at - 1) == '-' || text.charAt(at - 1) == '=')) {
            at--;
        }
        return at < to && text.substring(from, at).replace('>', ' ').isBlank() ? at : -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean endsWithHeading(Node document) {
        Node last = document;
        while (last.getLastChild() instanceof Block block) {
            last = block;
        }
        return last instanceof Heading;
    }

    private static Node unparsed(String text) {
        Paragraph paragraph = new Paragraph();
        paragraph.setSourceSpans(List.of(SourceSpan.of(0, 0, 0, text.length())));
        paragraph.appendChild(new Text(text));
        Document document = new Document();
        document.appendChild(paragraph);
        return document;
    }
}
