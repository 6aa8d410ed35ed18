package app.patter.markdown;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes the marks that are open at the end of a paragraph's text: emphasis, strikethrough and code. The text of a link
 * whose address is still arriving is shown without the brackets; a picture, an address in angle brackets, a character
 * reference and marks at the very end wait.
 */
final class OpenInlines {

    /** A run of marks that waits for its counterpart. */
    private record Run(int at, char mark, int length) {}

    private final String text;
    private final Deque<Run> open = new ArrayDeque<>();
    private int bracket = -1;
    private int at;

    private OpenInlines(String text) {
        this.text = text;
    }

    static String close(String text) {
        return new OpenInlines(text).close();
    }

    private String close() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 == text.length()) {
                return closed(at);
            } else if (c == '\\') {
                at += 2;
            } else if (c == '`') {
                int length = run(c);
                int end = endOfCode(length);
                if (end < 0) {
                    return code(length);
                }
                at = end;
            } else if (c == '*' || c == '_' || c == '~') {
                int length = run(c);
                if (at + length == text.length()) {
                    return closed(at);
                }
                emphasis(c, length);
                at += length;
            } else if (c == '[') {
                bracket = at++;
            } else if (c == ']' && bracket >= 0) {
                if (!endOfLink()) {
                    return link(at);
                }
            } else if ((c == '<' && isOpenAddress()) || (c == '&' && isOpenReference())) {
                return closed(at);
            } else {
                at++;
            }
        }
        if (bracket >= 0) {
            return link(text.length());
        }
        return closed(text.endsWith("!") ? text.length() - 1 : text.length());
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
        String body = text.substring(at + length);
        int end = body.length();
        while (end > 0 && body.charAt(end - 1) == '`') {
            end--;
        }
        body = body.substring(0, end);
        if (body.isBlank()) {
            return closed(at);
        }
        return text.substring(0, at + length) + body + "`".repeat(length) + closers();
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
            open.push(new Run(at, mark, Math.min(length, 3)));
        }
    }

    /** Closes the open runs that a closing one matches, and returns how many of its marks are left. */
    private int closeRuns(char mark, int length) {
        int left = length;
        while (left > 0) {
            Run match = null;
            for (Run run : open) {
                if (run.mark() == mark && run.length() <= left) {
                    match = run;
                    break;
                }
            }
            if (match == null) {
                return left;
            }
            while (open.pop() != match) {
                // What is open inside a closed run is text.
            }
            left -= match.length();
        }
        return 0;
    }

    /** Passes the bracket that ends a link's text, and its address; false if that is still arriving. */
    private boolean endOfLink() {
        if (at + 1 == text.length()) {
            return false;
        }
        if (text.charAt(at + 1) == '(') {
            int end = text.indexOf(')', at);
            if (end < 0) {
                return false;
            }
            at = end;
        }
        bracket = -1;
        at++;
        return true;
    }

    private String link(int end) {
        boolean image = bracket > 0 && text.charAt(bracket - 1) == '!';
        int from = image ? bracket - 1 : bracket;
        open.removeIf(run -> run.at() > from);
        if (image) {
            return closed(from);
        }
        return text.substring(0, from) + close(text.substring(bracket + 1, end)) + closers();
    }

    private boolean isOpenAddress() {
        String rest = text.substring(at);
        boolean address = rest.startsWith("<http") || rest.startsWith("<mailto:");
        return address && rest.indexOf('>') < 0 && rest.chars().noneMatch(Character::isWhitespace);
    }

    private boolean isOpenReference() {
        if (text.length() - at > 32) {
            return false;
        }
        for (int next = at + 1; next < text.length(); next++) {
            if (!Character.isLetterOrDigit(text.charAt(next)) && text.charAt(next) != '#') {
                return false;
            }
        }
        return true;
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
        for (Run run : open) {
            closers.append(String.valueOf(run.mark()).repeat(run.length()));
        }
        return closers.toString();
    }
}
