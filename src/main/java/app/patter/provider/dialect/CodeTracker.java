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

    /** A run of marks that may go on; none if its length is 0. */
    private char runMark;

    private int runLength;

    /** Whether what comes next, which is no mark, is in code. */
    boolean isInside() {
        endRun();
        return fence != 0 || inline != 0;
    }

    /** The last character; 0 at the beginning. */
    char last() {
        return last;
    }

    /** The last character on this line that is not blank; 0 if there is none. */
    char lastOnLine() {
        return visible;
    }

    /** The next character. */
    void take(char c) {
        if (c == '`' || (c == '~' && (head || runLength > 0))) {
            if (runLength > 0 && c != runMark) {
                endRun();
            }
            runMark = c;
            runLength++;
            last = c;
            visible = c;
            return;
        }
        if (runLength > 0) {
            endRun();
        }
        last = c;
        if (c == '\n') {
            if (head) {
                inline = 0; // an empty line: nothing in a paragraph goes on
            }
            head = true;
            visible = 0;
        } else if (c != ' ' && c != '\t') {
            head = head && (">-*+.)".indexOf(c) >= 0 || (c >= '0' && c <= '9'));
            visible = c;
        }
    }

    private void endRun() {
        if (runLength == 0) {
            return;
        }
        int length = runLength;
        runLength = 0;
        if (fence != 0) {
            if (head && runMark == fence && length >= fenceLength) {
                fence = 0;
            }
        } else if (head && length >= FENCE) {
            fence = runMark;
            fenceLength = length;
            inline = 0;
        } else if (runMark == '`') {
            if (inline == 0) {
                inline = length;
            } else if (inline == length) {
                inline = 0;
            }
        }
        head = false;
    }

    /** What follows is a text of its own. */
    void restart() {
        fence = 0;
        inline = 0;
        runLength = 0;
        head = true;
        last = 0;
        visible = 0;
    }
}
