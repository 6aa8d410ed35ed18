package app.patter.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people see as one character, though it may consist of many: letters with marks, flags, families. */
public final class Graphemes {

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private Graphemes() {}

    /** At most so many characters of a text's beginning, without half of a surrogate pair at the end. */
    public static String start(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /**
     * The beginning of a text, cut between two graphemes.
     *
     * @param most as many code points as it may have; a single grapheme that has more is cut
     */
    public static String beginning(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        int end = text.offsetByCodePoints(0, most);
        int cut = 0;
        Matcher grapheme = GRAPHEME.matcher(text);
        while (grapheme.find() && grapheme.end() <= end) {
            cut = grapheme.end();
        }
        return text.substring(0, cut > 0 ? cut : end);
    }
}
