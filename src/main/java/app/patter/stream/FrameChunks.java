package app.patter.stream;

/**
 * A reader's frame, a page's in parts that are sent one after the other. Each is a sign that the connection carries something, for the
 * page and for us: even at 1 KB/s, and at three bytes a character, it takes less than a send may take. Only the part under
 * way is a copy: readers share the frame, however many of them are slow. One thread at a time.
 */
final class FrameChunks {

    private static final int CHARACTERS = 3_000;

    private final String text;
    private final int characters;
    private String before;
    private int begin;

    private FrameChunks(String text, int characters, String before) {
        this.text = text;
        this.characters = characters;
        this.before = before;
    }

    /**
     * For a page that shows a revision. The first part says which if it is not the one before the frame's own, or if it
     * would be empty otherwise, for browsers do not deliver that.
     */
    static FrameChunks of(Frame frame, long follows) {
        boolean understood = follows == frame.revision() - 1 && !frame.data().isEmpty();
        return new FrameChunks(frame.data(), CHARACTERS, understood ? "" : "<!--" + follows + "-->");
    }

    /** For a program: one part. */
    static FrameChunks whole(Frame frame) {
        return new FrameChunks(frame.data(), frame.data().length(), "");
    }

    /** The next part; there is at least one. */
    String next() {
        int end = end();
        String part = before + text.substring(begin, end);
        before = "";
        begin = end;
        return part;
    }

    boolean isLast() {
        return begin == text.length();
    }

    /** Between words if there are any, and never before a blank, which event streams may swallow. */
    private int end() {
        int most = Math.min(text.length(), begin + characters);
        int end = most;
        while (most < text.length() && end > begin && text.charAt(end - 1) != ' ') {
            end--;
        }
        end = end == begin ? most : end;
        while (end < text.length() && (text.charAt(end) == ' ' || Character.isLowSurrogate(text.charAt(end)))) {
            end++;
        }
        return end;
    }
}
