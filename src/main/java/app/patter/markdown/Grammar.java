package app.patter.markdown;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Document;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * The Markdown that is understood: CommonMark with tables, strikethrough, bare links, task lists, footnotes and formulas. Every
 * text goes through {@link #parse}, whole or in part.
 */
final class Grammar {

    /** Browsers flatten what is nested deeper than 512 elements, and deep trees exhaust the stack. */
    private static final int DEEPEST = 100;

    private static final List<Extension> EXTENSIONS = List.of(
            TablesExtension.create(),
            // One tilde says "about" or "to" more often than "no longer".
            StrikethroughExtension.builder().requireTwoTildes(true).build(),
            AutolinkExtension.create(),
            TaskListItemsExtension.create(),
            FootnotesExtension.create());

    private static final Grammar WHOLE = new Grammar(builder().build());

    private final Parser parser;

    private Grammar(Parser parser) {
        this.parser = parser;
    }

    /** The grammar of whole texts. */
    static Grammar whole() {
        return WHOLE;
    }

    /** The grammar of parts of a text, which knows the definitions in earlier parts. */
    static Grammar parts(Definitions definitions) {
        return new Grammar(builder()
                .linkProcessor(definitions)
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .build());
    }

    private static Parser.Builder builder() {
        return Parser.builder()
                .extensions(EXTENSIONS)
                .customBlockParserFactory(FormulaBlockParser.FACTORY)
                .customInlineContentParserFactory(FormulaParser.FACTORY)
                .maxOpenBlockParsers(DEEPEST);
    }

    /** The document that a clean text means. */
    Node parse(String text) {
        try {
            return parser.parse(text);
        } catch (StackOverflowError tooDeep) {
            // Thousands of marks in each other, which nobody writes to be read: shown as they are.
            return unparsed(text);
        }
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
