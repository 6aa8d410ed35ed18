package app.patter.markdown;

import java.util.regex.Pattern;

/**
 * Which lines of a text begin a formula on lines of its own. That depends on lines far below: blank ones may be within a
 * formula, but a mark without its counterpart must not take them away from the rest of the text.
 */
final class FormulaLines {

    /** Where what begins on a line ends. */
    enum Ends {
        /** Nothing begins there. */
        BEFORE,
        /** At its closing mark. */
        CLOSED,
        /** There is no closing mark, so this is a paragraph, which ends as such. */
        LIKE_TEXT,
        /** The text ends before that is certain. */
        LATER
    }

    /**
     * What a line begins.
     *
     * @param end after the closing mark, if there is one
     */
    record Beginning(Ends ends, int end) {}

    /** A formula that is longer is text. */
    static final int LONGEST = 10_000;

    private static final Pattern BLANK_LINE = Pattern.compile("\\n[ \\t>]*\\n");

    private final String text;

    /** Whether nothing comes after the text. */
    private final boolean complete;

    FormulaLines(String text, boolean complete) {
        this.text = text;
        this.complete = complete;
    }

    /** Whether there may be any. */
    static boolean mayBeIn(String text) {
        return text.contains("$$") || text.contains("\\[") || text.contains("\\begin{");
    }

    /**
     * Looks for the end of the formula whose opening mark stands at a place.
     *
     * @param at     the first character of a line after its indentation
     * @param column where the content of the block around it begins, counted from the beginning of the line
     */
    Beginning at(int at, int column) {
        String opening = Tex.opening(text, at);
        if (opening.isEmpty() || text.startsWith("$$$", at)) {
            return new Beginning(Ends.BEFORE, at);
        }
        int from = at + opening.length();
        int limit = Math.min(text.length(), from + LONGEST);
        int block = blockEnd(at, column, limit);
        int to = closing(opening, from, block);
        String source = text.substring(from, to < 0 ? block : to);
        boolean prose = BLANK_LINE.matcher(source).find() && Tex.isSentence(source);
        if (to < 0) {
            boolean open = !complete && !prose && block == text.length();
            return new Beginning(open ? Ends.LATER : Ends.LIKE_TEXT, block);
        }
        int end = to + Tex.closing(opening).length();
        boolean alone = text.substring(end, lineEnd(end)).isBlank();
        if (source.indexOf('\n') < 0 && (!alone || source.isBlank() || isBracketed(opening, source))) {
            return new Beginning(Ends.BEFORE, at);
        }
        return new Beginning(alone && !prose && !source.isBlank() ? Ends.CLOSED : Ends.LIKE_TEXT, end);
    }

    private static boolean isBracketed(String opening, String source) {
        return opening.equals("\\[") && Tex.isReference(source);
    }

    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** The closing mark, unless another formula of the kind begins before it; an environment may hold its like. */
    private int closing(String opening, int from, int end) {
        String closing = Tex.closing(opening);
        int open = 1;
        for (int at = from; at < end; at++) {
            if (text.startsWith(closing, at)) {
                open--;
                if (open == 0) {
                    return at + closing.length() <= end ? at : -1;
                }
            } else if (text.startsWith(opening, at)) {
                if (!Tex.isEnvironment(opening)) {
                    return -1;
                }
                open++;
            }
            if (text.charAt(at) == '\\') {
                at++;
            }
        }
        return -1;
    }

    /** Where the block ends that holds a line: before the first line that is not as far to the right as it must be. */
    private int blockEnd(int at, int column, int limit) {
        int quotes = quotes(text.lastIndexOf('\n', at - 1) + 1, at);
        int next = text.indexOf('\n', at) + 1;
        while (next > 0 && next < limit) {
            int content = next;
            while (content < limit && " \t>".indexOf(text.charAt(content)) >= 0) {
                content++;
            }
            boolean blank = content == text.length() || text.charAt(content) == '\n';
            // The blank after the mark of a quote may be missing.
            int least = quotes > 0 ? column - 1 : column;
            boolean within = quotes(next, content) >= quotes && (blank || columns(next, content) >= least);
            if (!within && content < text.length()) {
                return next;
            }
            next = text.indexOf('\n', content) + 1;
        }
        return limit;
    }

    private int quotes(int from, int to) {
        int quotes = 0;
        for (int at = from; at < to; at++) {
            quotes += text.charAt(at) == '>' ? 1 : 0;
        }
        return quotes;
    }

    private int columns(int from, int to) {
        int column = 0;
        for (int at = from; at < to; at++) {
            column += text.charAt(at) == '\t' ? 4 - column % 4 : 1;
        }
        return column;
    }
}
