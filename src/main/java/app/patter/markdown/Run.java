package app.patter.markdown;

import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Scanner;

/** Marks in a row that may begin or end emphasis, until {@link Emphases} has found what they do. */
final class Run extends CustomNode {

    /** Makes parsers for paragraphs. */
    static final InlineContentParserFactory FACTORY = new InlineContentParserFactory() {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('*', '_', '~');
        }

        @Override
        public InlineContentParser create() {
            return state -> parse(state.scanner());
        }
    };

    final char mark;
    final int length;
    final Flanks flanks;

    /** How many of the marks have no counterpart yet. */
    int left;

    private Run(char mark, int length, Flanks flanks) {
        this.mark = mark;
        this.length = length;
        this.flanks = flanks;
        this.left = length;
    }

    private static ParsedInline parse(Scanner scanner) {
        int before = scanner.peekPreviousCodePoint();
        char mark = scanner.peek();
        int length = scanner.matchMultiple(mark);
        Flanks flanks = Flanks.of(mark, before, scanner.peekCodePoint());
        // One tilde says "about" or "to" more often than "no longer".
        boolean text = mark == '~' && length != 2;
        return ParsedInline.of(text ? new Text("~".repeat(length)) : new Run(mark, length, flanks), scanner.position());
    }
}
