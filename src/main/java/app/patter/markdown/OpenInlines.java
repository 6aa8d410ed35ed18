package app.patter.markdown;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes the marks that are open at the end of a paragraph's text: emphasis, strikethrough and code. A link whose
 * address is still arriving leads nowhere; an address in angle brackets, a character reference and marks at the very
 * end wait.
 */
final class OpenInlines {

    /** Marks or a tag that wait for their counterpart. */
    private record Open(int at, char mark, int length, String closing) {

        static Open marks(int at, char mark, int length) {
            return new Open(at, mark, length, String.valueOf(mark).repeat(length));
        }
    }

    /** Marks that are open around more than this are text. */
    private static final int DEEPEST = 100;

    /** A bracket that is open for longer is one. */
    private static final int LONGEST_LINK = 200;

    /** As long as the longest name of a character, CounterClockwiseContourIntegral, between its marks. */
    private static final int LONGEST_REFERENCE = 33;

    private final String text;
    private final Formulas formulas;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Deque<Integer> brackets = new ArrayDeque<>();
    private int at;

    private OpenInlines(String text) {
        this.text = text;
        this.formulas = new Formulas(text);
    }

    static String close(String text) {
        return new OpenInlines(text).close();
    }

    private String close() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$' || c == '\\') {
                if (formulas.isArriving(at)) {
                    return ended(at);
                }
                Formulas.Place formula = formulas.at(at);
                if (formula != null) {
                    at = formula.end();
                    continue;
                }
            }
            if (c == '\\' && at + 1 < text.length()) {
                at += 2;
            } else if (c == '`') {
                int length = run(c);
                int end = endOfCode(length);
                if (end < 0) {
                    return code(length);
                }
                at = end;
            } else if (isMark(c) && at + run(c) < text.length()) {
                emphasis(c, run(c));
                at += run(c);
            } else if (c == '<' && Tags.isArriving(text, at)) {
                return ended(at);
            } else if (c == '<' && tag()) {
                at = text.indexOf('>', at) + 1;
            } else if (c == '[') {
                brackets.push(at++);
            } else if (c == ']' && !brackets.isEmpty()) {
                if (!endOfLink()) {
                    return ended(at);
                }
            } else if (c == '\\' || isMark(c) || isOpenAddress(c) || isOpenReference(c) || isOpenImage(c)) {
                return ended(at);
            } else {
                at++;
            }
        }
        return ended(text.length());
    }

    private static boolean isMark(char c) {
        return c == '*' || c == '_' || c == '~';
    }

    private int run(char mark) {
        int end = at;
        while (end < text.length() && text.charAt(end) == mark) {
            end++;
        }
        return end - at;
    }

    /** After the run of backticks that closes the one here; -1 if there is none. */
    private int endOfCode(int length) {
        int from = at + length;
        while ((from = text.indexOf('`', from)) >= 0) {
            int end = from;
            while (end < text.length() && text.charAt(end) == '`') {
                end++;
            }
            if (end - from == length) {
                return end;
            }
            from = end;
        }
        return -1;
    }

    private String code(int length) {
        int end = text.length();
        while (end > at + length && text.charAt(end - 1) == '`') {
            end--;
        }
        if (text.substring(at + length, end).isBlank()) {
            return ended(at);
        }
        return brackets.isEmpty() ? text.substring(0, end) + "`".repeat(length) + closers() : ended(text.length());
    }

    private void emphasis(char mark, int length) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        char after = text.charAt(at + length);
        boolean opens = !Character.isWhitespace(after);
        boolean closes = !Character.isWhitespace(before);
        if (mark == '_') {
            opens &= !Character.isLetterOrDigit(before);
            closes &= !Character.isLetterOrDigit(after);
        }
        if (mark == '~' && length != 2) {
            return;
        }
        int left = closes ? closeRuns(mark, length) : length;
        if (left == length && opens) {
            push(Open.marks(at, mark, Math.min(length, 3)));
        }
    }

    private void push(Open run) {
        open.push(run);
        if (open.size() > DEEPEST) {
            open.removeLast();
        }
    }

    /** Opens or closes what a tag is about; false if there is none here that means anything. */
    private boolean tag() {
        String name = Tags.name(text, at);
        if (name.isEmpty()) {
            return false;
        }
        String closing = "</" + name + ">";
        if (text.charAt(at + 1) != '/') {
            push(new Open(at, '<', text.indexOf('>', at) + 1 - at, closing));
        } else if (open.stream().anyMatch(run -> run.closing().equals(closing))) {
            while (!open.pop().closing().equals(closing)) {
                // What is open inside a closed tag is text.
            }
        }
        return true;
    }

    /** Closes the open runs that a closing one matches, and returns how many of its marks are left. */
    private int closeRuns(char mark, int length) {
        int left = length;
        while (left > 0) {
            Open match = null;
            for (Open run : open) {
                if (run.mark() == mark && run.length() <= left) {
                    match = run;
                    break;
                }
            }
            if (match == null) {
                return left;
            }
            while (!open.pop().equals(match)) {
                // What is open inside a closed run is text.
            }
            left -= match.length();
        }
        return 0;
    }

    /** Passes the bracket that ends a link's text, and its address; false if that is still arriving. */
    private boolean endOfLink() {
        boolean inline = at + 1 < text.length() && text.charAt(at + 1) == '(';
        int end = inline ? text.indexOf(')', at) : at;
        if (at + 1 == text.length() || end < 0) {
            return false;
        }
        if (!isImage(brackets.pop()) && inline) {
            // A link in a link is none, so what is open around it is none.
            brackets.clear();
        }
        at = end + 1;
        return true;
    }

    private boolean isImage(int bracket) {
        return bracket > 0 && text.charAt(bracket - 1) == '!';
    }

    /** The text up to an end within a link's text, or after it if the address is still arriving. */
    private String ended(int end) {
        while (!brackets.isEmpty() && end - brackets.peekLast() > LONGEST_LINK) {
            brackets.removeLast();
        }
        if (brackets.isEmpty()) {
            return closed(end);
        }
        int bracket = brackets.peekLast();
        int from = isImage(bracket) ? bracket - 1 : bracket;
        open.removeIf(run -> run.at() > from);
        String shown = close(text.substring(bracket + 1, end));
        if (shown.isBlank()) {
            return closed(from);
        }
        return text.substring(0, bracket + 1) + shown + "](" + Addresses.ARRIVING + ")" + closers();
    }

    private boolean isOpenAddress(char c) {
        boolean address = c == '<' && (text.startsWith("<http", at) || text.startsWith("<mailto:", at));
        return address
                && text.indexOf('>', at) < 0
                && text.substring(at).chars().noneMatch(Character::isWhitespace);
    }

    private boolean isOpenReference(char c) {
        if (c != '&' || text.length() - at > LONGEST_REFERENCE) {
            return false;
        }
        for (int next = at + 1; next < text.length(); next++) {
            if (!Character.isLetterOrDigit(text.charAt(next)) && text.charAt(next) != '#') {
                return false;
            }
        }
        return true;
    }

    private boolean isOpenImage(char c) {
        return c == '!' && at + 1 == text.length();
    }

    /** The text up to an end, with what is open closed. */
    private String closed(int end) {
        int cut = end;
        while (cut > 0 && Character.isWhitespace(text.charAt(cut - 1))) {
            cut--;
        }
        while (!open.isEmpty() && open.peek().at() + open.peek().length() >= cut) {
            // Nothing in it yet.
            cut = Math.min(cut, open.pop().at());
            while (cut > 0 && Character.isWhitespace(text.charAt(cut - 1))) {
                cut--;
            }
        }
        return open.isEmpty() ? text.substring(0, Math.min(end, Math.max(cut, 0))) : text.substring(0, cut) + closers();
    }

    private String closers() {
        StringBuilder closers = new StringBuilder();
        for (Open run : open) {
            closers.append(run.closing());
        }
        return closers.toString();
    }
}
