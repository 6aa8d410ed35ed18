package app.patter.provider;

/**
 * Makes pieces of text that can be stored and sent on their own. A tokenizer may split a surrogate pair over two
 * pieces: the first half is held back until the second comes. Halves without a partner, and U+0000, which PostgreSQL
 * cannot store, become U+FFFD. Pure; one object per run of text.
 */
public final class SurrogateJoiner {

    private static final char REPLACEMENT = '\uFFFD';

    /** The first half of a pair, or 0. */
    private char held;

    /** A text that has come whole. */
    public static String of(String text) {
        SurrogateJoiner whole = new SurrogateJoiner();
        return whole.next(text) + whole.end();
    }

    /** What can go on now of everything so far; may be empty. */
    public String next(String piece) {
        if (piece.isEmpty() || (held == 0 && isWhole(piece))) {
            return piece;
        }
        StringBuilder whole = new StringBuilder(piece.length() + 1);
        for (int i = 0; i < piece.length(); i++) {
            add(piece.charAt(i), whole);
        }
        return whole.toString();
    }

    /** What was held back, when nothing more comes. */
    public String end() {
        boolean half = held != 0;
        held = 0;
        return half ? String.valueOf(REPLACEMENT) : "";
    }

    private static boolean isWhole(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private void add(char c, StringBuilder whole) {
        if (held != 0) {
            char first = held;
            held = 0;
            if (Character.isLowSurrogate(c)) {
                whole.append(first).append(c);
                return;
            }
            whole.append(REPLACEMENT);
        }
        if (Character.isHighSurrogate(c)) {
            held = c;
        } else {
            whole.append(c == 0 || Character.isLowSurrogate(c) ? REPLACEMENT : c);
        }
    }
}
