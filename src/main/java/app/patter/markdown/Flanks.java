package app.patter.markdown;

import java.lang.Character.UnicodeScript;
import org.commonmark.text.Characters;

/**
 * Whether a run of marks may begin and end emphasis, by what stands beside it. As in CommonMark, with its amendment for
 * Chinese, Japanese and Korean: where words are not separated by blanks, punctuation inside the marks says nothing.
 */
record Flanks(boolean opens, boolean closes) {

    /**
     * Decides by the neighbours.
     *
     * @param before the code point before the run, a blank at the beginning
     * @param after  the code point after the run, a blank at the end
     */
    static Flanks of(char mark, int before, int after) {
        boolean left = flanks(before, after);
        boolean right = flanks(after, before);
        if (mark != '_') {
            return new Flanks(left, right);
        }
        return new Flanks(
                left && (!right || Characters.isPunctuationCodePoint(before)),
                right && (!left || Characters.isPunctuationCodePoint(after)));
    }

    private static boolean flanks(int outside, int inside) {
        if (isBlank(inside)) {
            return false;
        }
        boolean plain = !Characters.isPunctuationCodePoint(inside) || isUnspaced(inside);
        return plain || isBlank(outside) || Characters.isPunctuationCodePoint(outside) || isUnspaced(outside);
    }

    private static boolean isBlank(int character) {
        return character == 0 || Characters.isWhitespaceCodePoint(character);
    }

    /** Whether a letter or a mark belongs to a script that does without blanks between words, or to Korean. */
    static boolean isUnspaced(int character) {
        return isWide(character)
                || switch (UnicodeScript.of(character)) {
                    case THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
                    default -> false;
                };
    }

    /** Whether a character is as wide as a Chinese one, or varies such a one. */
    static boolean isWide(int character) {
        return character >= 0x1100
                && (character <= 0x11ff
                        || isIn(character, 0x2e80, 0xa4cf)
                        || isIn(character, 0xa960, 0xa97f)
                        || isIn(character, 0xac00, 0xd7ff)
                        || isIn(character, 0xf900, 0xfaff)
                        || isIn(character, 0xfe00, 0xfe02)
                        || isIn(character, 0xfe10, 0xfe1f)
                        || isIn(character, 0xfe30, 0xfe6f)
                        || isIn(character, 0xff01, 0xffee)
                        || isIn(character, 0x16fe0, 0x1b2ff)
                        || isIn(character, 0x1f200, 0x1f2ff)
                        || isIn(character, 0x20000, 0x3fffd)
                        || isIn(character, 0xe0100, 0xe01ef));
    }

    private static boolean isIn(int character, int first, int last) {
        return character >= first && character <= last;
    }
}
