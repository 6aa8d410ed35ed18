package app.patter.markdown;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The formulas within a text: {@code $x$} and {@code \(x\)} in a line, {@code $$x$$}, {@code \[x\]} and environments on
 * lines of their own. A dollar is more often money: it begins a formula only if the next dollar ends one, and if what is
 * between does not read like a sentence.
 */
final class Formulas {

    /**
     * Where a formula stands in a text.
     *
     * @param from    the first character of its source
     * @param to      after the last character of its source
     * @param end     after its closing mark
     * @param display whether it stands on lines of its own
     */
    record Place(int from, int to, int end, boolean display) {}

    /** A closing mark, found by a search. */
    private record Found(int from, int at) {}

    /** A mark whose counterpart is farther away is text. */
    private static final int LONGEST = 2000;

    /** As long as a formula may be held back that is not complete. */
    private static final int LONGEST_HELD = 300;

    /** What is written directly after a formula in English: the n-th, two x-s. */
    private static final Pattern SUFFIX = Pattern.compile("(?:th|st|nd|rd|s|es)(?!\\p{L}|\\d)");

    private final String text;
    private final int lastLine;

    /** What was found last for each mark, so that many opening marks do not search the same text. */
    private final Map<String, Found> found = new HashMap<>();

    Formulas(String text) {
        this.text = text;
        this.lastLine = text.lastIndexOf('\n') + 1;
    }

    /** The formula whose opening mark stands at a place; null if there is none. */
    @Nullable
    Place at(int at) {
        String mark = mark(at);
        if (mark == null) {
            return null;
        }
        int from = at + mark.length();
        int to = closing(mark, from);
        if (to < 0 || !isFormula(mark, from, to)) {
            return null;
        }
        int end = to + Tex.closing(mark).length();
        boolean display = !mark.equals("$") && !mark.equals("\\(");
        return Tex.isEnvironment(mark) ? new Place(at, end, end, true) : new Place(from, to, end, display);
    }

    /**
     * Whether a formula may begin at a place, but the text ends before that is certain. Not longer than to the end of
     * the line: complete lines are shown.
     */
    boolean isArriving(int at) {
        if (at < lastLine) {
            return false;
        }
        String mark = mark(at);
        if (mark == null) {
            return text.charAt(at) == '$' && at + 1 == text.length();
        }
        int from = at + mark.length();
        int to = closing(mark, from);
        if (to >= 0) {
            String after = text.substring(to + 1, Math.min(text.length(), to + 4));
            return mark.equals("$") && isSuffixArriving(after) && mayBeFormula(mark, from, to);
        }
        return text.length() - from <= LONGEST_HELD && (mark.startsWith("\\") || !Tex.isSentence(text.substring(from)));
    }

    private static boolean isSuffixArriving(String after) {
        return after.isEmpty() || (after.length() < 3 && "th st nd rd s es".contains(after));
    }

    private @Nullable String mark(int at) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (text.charAt(at) == '\\') {
            String opening = next == '(' ? "\\(" : Tex.opening(text, at);
            return opening.isEmpty() ? null : opening;
        }
        int before = at == 0 ? ' ' : text.codePointBefore(at);
        if (text.charAt(at) != '$' || before == '$' || Character.isDigit(before)) {
            return null;
        }
        return next == '$' ? "$$" : Character.isWhitespace(next) ? null : "$";
    }

    private int closing(String mark, int from) {
        String closing = Tex.closing(mark);
        Found known = found.get(closing);
        if (known == null || known.from() > from || (known.at() >= 0 && known.at() < from)) {
            known = new Found(from, Tex.find(closing, text, from, text.length()));
            found.put(closing, known);
        }
        return known.at() - from < LONGEST ? known.at() : -1;
    }

    private boolean isFormula(String mark, int from, int to) {
        if (!mayBeFormula(mark, from, to)) {
            return false;
        }
        if (!mark.equals("$") || to + 1 == text.length()) {
            return true;
        }
        int after = text.codePointAt(to + 1);
        boolean apart = !Tex.isSpacedLetter(after)
                || SUFFIX.matcher(text).region(to + 1, text.length()).lookingAt()
                || has("\\^", from, to);
        return after != '$' && !Character.isDigit(after) && apart;
    }

    /** Whether this is a formula as far as what follows is left out of account. */
    private boolean mayBeFormula(String mark, int from, int to) {
        String source = text.substring(from, to);
        if (source.isBlank()) {
            return false;
        } else if (Tex.isEnvironment(mark) || mark.equals("\\(")) {
            return true;
        } else if (Tex.isSentence(source)) {
            return false;
        }
        int opening = from - mark.length();
        int before = opening == 0 ? '\n' : text.codePointBefore(opening);
        if (mark.equals("\\[")) {
            return !text.startsWith("(", to + 2) && !isBracketed(source, before);
        }
        boolean inWord = Tex.isSpacedLetter(before) && (Character.isUpperCase(before) || !has("\\^_=", from, to));
        return !inWord && (mark.equals("$$") || !Character.isWhitespace(text.charAt(to - 1)));
    }

    /** Whether this is text in brackets: a reference, the box of a task, an index. */
    private static boolean isBracketed(String source, int before) {
        boolean task = before == '\n' && source.equalsIgnoreCase("x");
        boolean index = Tex.isSpacedLetter(before) && source.length() <= 3 && source.indexOf('\\') < 0;
        return Tex.isReference(source) || task || index;
    }

    private boolean has(String characters, int from, int to) {
        for (int at = from; at < to; at++) {
            if (characters.indexOf(text.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
