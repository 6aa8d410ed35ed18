package app.patter.markdown;

import java.lang.Character.UnicodeScript;
import java.util.regex.Pattern;

/** How TeX looks, and what only looks like it. */
final class Tex {

    private static final Pattern WORDS_IN_TEX = Pattern.compile("\\\\(?:text|mbox|math|operatorname)[a-z]*\\{[^{}]*}?");

    /** Two words in a row, or a number and a word. */
    private static final Pattern SENTENCE =
            Pattern.compile("(?<![\\\\\\p{L}])\\p{L}{2,},? \\p{L}{2,}|^[\\d.,]+%?\\s+\\p{L}{2,}");

    /** What people put into square brackets that are to be seen: numbers of sources, a single word. */
    private static final Pattern REFERENCE = Pattern.compile("\\s*(?:\\d[\\d\\s,;.\u2013-]*|\\p{L}{2,})\\s*");

    private static final Pattern ENVIRONMENT = Pattern.compile(
            "\\\\begin\\{((?:equation|align|alignat|gather|multline|"
                    + "flalign|eqnarray|aligned|alignedat|gathered|split|d?cases|rcases|d?array|[pbBvV]?matrix|smallmatrix|CD)\\*?)}");

    private Tex() {}

    /** What opens a formula at a place: two dollars, a bracket, or the beginning of an environment; empty if nothing. */
    static String opening(String text, int at) {
        if (text.startsWith("$$", at) || text.startsWith("\\[", at)) {
            return text.substring(at, at + 2);
        }
        if (!text.startsWith("\\begin{", at)) {
            return "";
        }
        var environment = ENVIRONMENT.matcher(text).region(at, text.length());
        return environment.lookingAt() ? environment.group() : "";
    }

    /** What closes that. */
    static String closing(String opening) {
        return switch (opening) {
            case "\\(" -> "\\)";
            case "\\[" -> "\\]";
            case "$", "$$" -> opening;
            default -> opening.replace("\\begin", "\\end");
        };
    }

    static boolean isEnvironment(String opening) {
        return opening.startsWith("\\begin");
    }

    /** The next place of a mark that is not escaped, before an end; -1 if there is none. */
    static int find(String mark, String text, int from, int end) {
        for (int at = from; at < end; at++) {
            if (text.startsWith(mark, at)) {
                return at;
            } else if (text.charAt(at) == '\\') {
                at++;
            }
        }
        return -1;
    }

    static boolean isSentence(String source) {
        return SENTENCE.matcher(WORDS_IN_TEX.matcher(source).replaceAll("")).find();
    }

    /** Whether brackets around this, escaped so that they are no link, are just brackets. */
    static boolean isReference(String source) {
        return REFERENCE.matcher(source).matches();
    }

    /** Whether a character is a letter of a script in which a formula has blanks around it, as words have. */
    static boolean isSpacedLetter(int character) {
        return Character.isLetter(character) && UnicodeScript.of(character) == UnicodeScript.LATIN;
    }
}
