package app.patter.markdown;

import java.util.EnumSet;
import org.commonmark.node.Block;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.nibor.autolink.LinkExtractor;
import org.nibor.autolink.LinkSpan;
import org.nibor.autolink.LinkType;
import org.nibor.autolink.Span;

/**
 * Makes links of addresses that stand in text as they are. Such a link ends where the sentence does: at the punctuation of
 * any script, at quotation marks, and at the marks of emphasis.
 */
final class BareLinks {

    private static final LinkExtractor EXTRACTOR = LinkExtractor.builder()
            .linkTypes(EnumSet.of(LinkType.URL, LinkType.WWW, LinkType.EMAIL))
            .build();

    private BareLinks() {}

    /** Puts links and the text between them in the place of a text. */
    static void find(Text text) {
        String literal = text.getLiteral();
        if (literal.indexOf('@') < 0 && !literal.contains("://") && !literal.contains("www.")) {
            return;
        }
        if (isInLink(text)) {
            return;
        }
        Node last = text;
        for (int from = 0; from < literal.length(); ) {
            int to = sentenceEnd(literal, from);
            last = find(literal.substring(from, to), last);
            from = to;
        }
        text.unlink();
    }

    private static boolean isInLink(Node node) {
        for (Node around = node.getParent();
                around != null && !(around instanceof Block);
                around = around.getParent()) {
            if (around instanceof Link) {
                return true;
            }
        }
        return false;
    }

    /** Adds links and text after a node, and returns the last of them. */
    private static Node find(String part, Node after) {
        Node last = after;
        for (Span span : EXTRACTOR.extractSpans(part)) {
            String shown = part.substring(span.getBeginIndex(), span.getEndIndex());
            Node node = new Text(shown);
            if (span instanceof LinkSpan link) {
                node = new Link(scheme(link.getType()) + shown, null);
                node.appendChild(new Text(shown));
            }
            last.insertAfter(node);
            last = node;
        }
        return last;
    }

    private static String scheme(LinkType type) {
        return switch (type) {
            case EMAIL -> "mailto:";
            case WWW -> "http://";
            case URL -> "";
        };
    }

    /** Where the next piece ends: one that may hold addresses, or one that none goes past. */
    private static int sentenceEnd(String text, int from) {
        boolean end = isEnd(text, from);
        int at = from;
        while (at < text.length() && isEnd(text, at) == end) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static boolean isEnd(String text, int at) {
        int character = text.codePointAt(at);
        if (character < 0x80) {
            return character == '*' || character == '"' || character == '\'' || character == '`';
        }
        return switch (Character.getType(character)) {
            case Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.OTHER_PUNCTUATION -> !isWithinWord(text, at, character);
            case Character.MATH_SYMBOL -> character == '｜' || character == '～';
            default -> false;
        };
    }

    /** Dots in the middle of a line are part of names in Catalan and Japanese. */
    private static boolean isWithinWord(String text, int at, int character) {
        int next = at + Character.charCount(character);
        boolean dot = character == 0xb7 || character == 0x2027 || character == 0x30fb;
        return dot && next < text.length() && Character.isLetterOrDigit(text.codePointAt(next));
    }
}
