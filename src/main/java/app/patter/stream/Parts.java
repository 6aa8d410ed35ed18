package app.patter.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * A page's frame in parts that are sent one after the other. Each is a sign that the connection carries something, for the
 * page and for us: even at 1 KB/s, and at three bytes a character, it takes less than a send may take.
 */
final class Parts {

    private static final int CHARACTERS = 3_000;

    private Parts() {}

    /** At least one part; together they say which revision the frame follows, so that a page sees when it missed something. */
    static List<String> of(long follows, String frame) {
        String text = "<!--" + follows + "-->" + frame;
        List<String> parts = new ArrayList<>();
        int begin = 0;
        for (int end = end(text, 0); end < text.length(); end = end(text, begin)) {
            parts.add(text.substring(begin, end));
            begin = end;
        }
        parts.add(text.substring(begin));
        return parts;
    }

    /** Between words if there are any, and never before a blank, which event streams may swallow. */
    private static int end(String text, int begin) {
        int end = Math.min(text.length(), begin + CHARACTERS);
        int blank = end < text.length() ? text.lastIndexOf(' ', end - 1) : -1;
        if (blank > begin) {
            end = blank + 1;
        }
        while (end < text.length() && (text.charAt(end) == ' ' || Character.isLowSurrogate(text.charAt(end)))) {
            end++;
        }
        return end;
    }
}
