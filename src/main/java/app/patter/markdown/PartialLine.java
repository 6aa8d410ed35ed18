package app.patter.markdown;

/** The last line of a growing text, as long as its end is not known. */
final class PartialLine {

    private PartialLine() {}

    /**
     * Whether the beginning of a line already says what the line does to the lines before it: whether it belongs to an
     * open block, ends it, or begins another. Not as long as it consists of what may be marks, for {@code 12} may become
     * {@code 12. item} and {@code --} a heading's underline. Once it does, it does so however the line goes on.
     */
    static boolean decides(CharSequence text, int from) {
        int at = from;
        while (at < text.length() && isMargin(text.charAt(at))) {
            at++;
        }
        return !isMarks(text, at) && !beginsOpenly(text, at) && !(afterRow(text, from) && !has('|', text, from));
    }

    private static boolean isMargin(char c) {
        return c == ' ' || c == '\t' || c == '>';
    }

    private static boolean isMarks(CharSequence text, int from) {
        for (int at = from; at < text.length(); at++) {
            if ("-*+_=~`#|:.) \t0123456789".indexOf(text.charAt(at)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** HTML, fences, footnotes and formulas are recognised by the whole line. */
    private static boolean beginsOpenly(CharSequence text, int from) {
        String begin = text.subSequence(from, Math.min(text.length(), from + 3)).toString();
        return switch (begin) {
            case "[", "$", "\\", "```", "~~~" -> true;
            default ->
                begin.startsWith("<") || begin.startsWith("[^") || begin.startsWith("$$") || begin.startsWith("\\[");
        };
    }

    /** A line after a table's is a row if there is a pipe anywhere in it. */
    private static boolean afterRow(CharSequence text, int from) {
        for (int at = from - 2; at >= 0 && text.charAt(at) != '\n'; at--) {
            if (text.charAt(at) == '|') {
                return true;
            }
        }
        return false;
    }

    private static boolean has(char wanted, CharSequence text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == wanted) {
                return true;
            }
        }
        return false;
    }
}
