package app.patter.provider.dialect;

/**
 * Knows whether a text of Markdown that comes in pieces is inside of code: in a fence, or between runs of back quotes on
 * one paragraph. Not a parser; made for what models write. One object per text.
 */
final class CodeTracker {

    private static final int FENCE = 3;

    /** The mark of the open fence; 0 if none is open. */
    private char fence;

    private int fenceLength;

    /** Length of the run that opened code in a line; 0 if none is open. */
    private int inline;

    /** Whether only blanks and the marks of lists and quotes stand before on this line. */
    private boolean head = true;

    private char last;
    private char visible;

    boolean isInside() {
        return fence != 0 || inline != 0;
    }

    /** Whether code may begin or end with it. */
    boolean isMark(char c) {
        return c == '`' || (c == '~' && head);
    }

    /** The last character; 0 at the beginning. */
    char last() {
        return last;
    }

    /** The last character on this line that is not blank; 0 if there is none. */
    char lastOnLine() {
        return visible;
    }

    /** Takes a piece with neither marks nor what tags begin with; false, having taken nothing, if it has some. */
    boolean passes(String piece) {
        for (int at = 0; at < piece.length(); at++) {
            char c = piece.charAt(at);
            if (c == '`' || c == '~' || Tag.mayBegin(c)) {
                return false;
            }
        }
        for (int at = 0; at < piece.length(); at++) {
            plain(piece.charAt(at));
        }
        return true;
    }

    /** Takes a character that is no mark. */
    void plain(char c) {
        if (c == '\n') {
            if (head && inline != 0) {
                inline = 0; // an empty line: nothing in a paragraph goes on
            }
            head = true;
            visible = 0;
        } else if (c != ' ' && c != '\t') {
            head &= ">-*+.)".indexOf(c) >= 0 || (c >= '0' && c <= '9');
            visible = c;
        }
        last = c;
    }

    /** Takes a whole run of marks. */
    void run(char mark, int length) {
        if (fence != 0) {
            if (head && mark == fence && length >= fenceLength) {
                fence = 0;
            }
        } else if (head && length >= FENCE) {
            fence = mark;
            fenceLength = length;
            inline = 0;
        } else if (mark == '`') {
            if (inline == 0) {
                inline = length;
            } else if (inline == length) {
                inline = 0;
            }
        }
        head = false;
        last = mark;
        visible = mark;
    }

    /** What follows is a text of its own. */
    void restart() {
        fence = 0;
        inline = 0;
        head = true;
        last = 0;
        visible = 0;
    }
}
