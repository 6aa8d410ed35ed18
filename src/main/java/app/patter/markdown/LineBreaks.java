package app.patter.markdown;

import java.lang.Character.UnicodeScript;
import org.commonmark.node.Code;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/** What the end of a line within a paragraph means. */
final class LineBreaks {

    private LineBreaks() {}

    /** Whether a line break shows nothing, because both its neighbours are of a script that has no blanks. */
    static boolean isNothing(Node lineBreak) {
        String before = end(lineBreak.getPrevious());
        String after = beginning(lineBreak.getNext());
        return !before.isEmpty()
                && !after.isEmpty()
                && hasNoBlanks(before.codePointBefore(before.length()))
                && hasNoBlanks(after.codePointAt(0));
    }

    /** Chinese and Japanese have none; Korean has. */
    private static boolean hasNoBlanks(int character) {
        return Flanks.isWide(character) && UnicodeScript.of(character) != UnicodeScript.HANGUL;
    }

    private static String end(@Nullable Node before) {
        Node node = before;
        while (node != null && node.getLastChild() != null) {
            node = node.getLastChild();
        }
        return literal(node);
    }

    private static String beginning(@Nullable Node after) {
        Node node = after;
        while (node != null && node.getFirstChild() != null) {
            node = node.getFirstChild();
        }
        return literal(node);
    }

    private static String literal(@Nullable Node node) {
        if (node instanceof Text text) {
            return text.getLiteral();
        }
        return node instanceof Code code ? code.getLiteral() : "";
    }
}
