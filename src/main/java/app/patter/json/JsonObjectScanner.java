package app.patter.json;

/** Finds the end of a JSON object that comes in pieces, without reading what it says. Not thread-safe. */
public final class JsonObjectScanner {

    private int depth;
    private boolean begun;
    private boolean inText;
    private boolean escaped;

    /** The next piece. */
    public void feed(String piece) {
        for (int at = 0; at < piece.length() && !reached(); at++) {
            take(piece.charAt(at));
        }
    }

    private void take(char c) {
        if (inText) {
            inText = escaped || c != '"';
            escaped = !escaped && c == '\\';
            return;
        }
        switch (c) {
            case '"' -> inText = true;
            case '{', '[' -> {
                depth++;
                begun = true;
            }
            case '}', ']' -> depth--;
            default -> {
                // between texts and brackets
            }
        }
    }

    /** Whether the object is whole. */
    public boolean reached() {
        return begun && depth <= 0;
    }
}
