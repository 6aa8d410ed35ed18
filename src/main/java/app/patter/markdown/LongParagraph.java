package app.patter.markdown;

import org.commonmark.node.Node;
import org.commonmark.node.Text;

/** When and where the beginning of a long paragraph may be committed while its rest is still open. */
final class LongParagraph {

    /** Characters of a paragraph that is not committed as a whole: longer ones are rare, and cost with each character. */
    private static final int LONG = 2_048;

    /** Characters of its rest from which on that is looked at again. */
    private static final int SHORT_REST = 512;

    /** What may begin or end something, across the paragraph; a pipe, because a rule may follow. */
    private static final String MARKS = "*_~`[<\\$|";

    /** Where the paragraph began of which the beginning could not be committed, and how long it must be to try again. */
    private int triedFrom = -1;

    private int enough;

    /**
     * Whether enough has come to try; what never succeeds is tried less and less often.
     *
     * @param within whether the beginning of the paragraph is committed already
     */
    boolean isWorthATry(int start, int end, boolean within) {
        if (start != triedFrom) {
            triedFrom = start;
            enough = within ? SHORT_REST : LONG;
        }
        if (end - start < enough) {
            return false;
        }
        enough = 2 * (end - start);
        return true;
    }

    /** The last single blank between two words of a line, not far before the end; -1 if there is none. */
    static int lastBlank(CharSequence text, int start, int end) {
        for (int at = end - 2; at > Math.max(start + 1, end - SHORT_REST); at--) {
            if (text.charAt(at) == ' '
                    && Character.isLetterOrDigit(text.charAt(at + 1))
                    && !Character.isWhitespace(text.charAt(at - 1))) {
                return at;
            }
        }
        return -1;
    }

    /** Whether text after these inlines may still be about them: there is a mark that found no counterpart. */
    static boolean hasOpenMarks(Node parent) {
        for (Node node = parent; node != null; node = Inlines.following(node, parent)) {
            if (node instanceof Text words && hasMarks(words.getLiteral())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasMarks(String words) {
        for (int at = 0; at < words.length(); at++) {
            if (MARKS.indexOf(words.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
