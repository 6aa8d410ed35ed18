package app.patter.markdown;

/**
 * Text that arrives in pieces, with one kind of line end and nothing that is not a character. A piece may end within a
 * line end or a surrogate pair: the first half waits for the second.
 */
final class CleanText {

    private char held;

    /** The text of a whole document. */
    static String of(String text) {
        CleanText clean = new CleanText();
        return clean.next(text) + clean.rest();
    }

    /** What is certain after another piece. */
    String next(String piece) {
        StringBuilder clean = new StringBuilder(piece.length() + 1);
        for (int at = 0; at < piece.length(); at++) {
            add(piece.charAt(at), clean);
        }
        return clean.toString();
    }

    /** What was held back when nothing more comes. */
    String rest() {
        StringBuilder clean = new StringBuilder(1);
        release(clean);
        return clean.toString();
    }

    private void add(char c, StringBuilder clean) {
        if (held == '\r' && c == '\n') {
            held = 0;
            clean.append('\n');
        } else if (held != 0 && held != '\r' && Character.isLowSurrogate(c)) {
            clean.append(held).append(c);
            held = 0;
        } else {
            release(clean);
            if (c == '\r' || Character.isHighSurrogate(c)) {
                held = c;
            } else {
                clean.append(c == 0 || Character.isLowSurrogate(c) ? '\uFFFD' : c);
            }
        }
    }

    private void release(StringBuilder clean) {
        if (held != 0) {
            clean.append(held == '\r' ? '\n' : '\uFFFD');
            held = 0;
        }
    }
}
