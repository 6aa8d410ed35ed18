package app.patter.markdown;

import java.util.regex.Pattern;
import org.commonmark.node.CustomNode;
import org.jspecify.annotations.Nullable;

/**
 * A formula in TeX notation within a text: {@code $x$} and {@code \(x\)} in a line, {@code $$x$$} and {@code \[x\]} on
 * lines of its own. A dollar is more often money: it begins a formula only if the next dollar ends one, and if what is
 * between does not read like a sentence.
 */
final class Formula extends CustomNode {

    /**
     * Where a formula stands in a text.
     *
     * @param from    the first character of its source
     * @param to      after the last character of its source
     * @param end     after its closing mark
     * @param display whether it stands on lines of its own
     */
    record Place(int from, int to, int end, boolean display) {}

    /** A mark whose counterpart is farther away is text. */
    static final int LONGEST = 2000;

    /** As long as a formula may be held back that is not complete. */
    private static final int LONGEST_HELD = 300;

    private static final Pattern WORDS_IN_TEX = Pattern.compile("\\\\(?:text|mbox|math|operatorname)[a-z]*\\{[^{}]*}?");

    /** Two words in a row, or a number and a word. */
    private static final Pattern SENTENCE =
            Pattern.compile("(?<![\\\\\\p{L}])\\p{L}{2,},? \\p{L}{2,}|^[\\d.,]+%?\\s+\\p{L}{2,}");

    private final String source;
    private final boolean display;

    Formula(String source, boolean display) {
        this.source = source;
        this.display = display;
    }

    String source() {
        return source;
    }

    boolean isDisplay() {
        return display;
    }

    /** The formula whose opening mark stands at a place; null if there is none. */
    static @Nullable Place at(String text, int at) {
        String mark = mark(text, at);
        if (mark == null) {
            return null;
        }
        int from = at + mark.length();
        int to = closing(text, mark, from);
        boolean found = to >= 0 && isFormula(text, mark, from, to);
        return found ? new Place(from, to, to + mark.length(), !isInline(mark)) : null;
    }

    /**
     * Whether a formula may begin at a place, but the text ends before that is certain. Not longer than to the end of
     * the line: complete lines are shown.
     */
    static boolean isArriving(String text, int at) {
        if (text.indexOf('\n', at) >= 0) {
            return false;
        }
        String mark = mark(text, at);
        if (mark == null) {
            return text.charAt(at) == '$' && at + 1 == text.length();
        }
        int from = at + mark.length();
        int to = closing(text, mark, from);
        if (to >= 0) {
            return mark.equals("$") && to + 1 == text.length() && isFormula(text, mark, from, to);
        }
        return text.length() - from <= LONGEST_HELD && (mark.startsWith("\\") || !isSentence(text.substring(from)));
    }

    private static @Nullable String mark(String text, int at) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (text.charAt(at) == '\\') {
            return next == '(' ? "\\(" : next == '[' ? "\\[" : null;
        }
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        if (text.charAt(at) != '$' || before == '$' || Character.isLetterOrDigit(before)) {
            return null;
        }
        return next == '$' ? "$$" : Character.isWhitespace(next) ? null : "$";
    }

    private static boolean isInline(String mark) {
        return mark.equals("$") || mark.equals("\\(");
    }

    private static int closing(String text, String mark, int from) {
        String closing = mark.equals("\\(") ? "\\)" : mark.equals("\\[") ? "\\]" : mark;
        int end = Math.min(text.length(), from + LONGEST);
        for (int at = from; at < end; at++) {
            if (text.startsWith(closing, at)) {
                return at;
            } else if (text.charAt(at) == '\\') {
                at++;
            }
        }
        return -1;
    }

    private static boolean isFormula(String text, String mark, int from, int to) {
        String source = text.substring(from, to);
        if (source.isBlank() || (!mark.equals("\\(") && isSentence(source))) {
            return false;
        } else if (mark.equals("\\[")) {
            // An escaped bracket of what is no link.
            return !text.startsWith("(", to + 2);
        } else if (mark.equals("$")) {
            char after = to + 1 < text.length() ? text.charAt(to + 1) : ' ';
            return !Character.isWhitespace(text.charAt(to - 1)) && after != '$' && !Character.isLetterOrDigit(after);
        }
        return true;
    }

    private static boolean isSentence(String source) {
        return SENTENCE.matcher(WORDS_IN_TEX.matcher(source).replaceAll("")).find();
    }
}
