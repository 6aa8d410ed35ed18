package app.patter.provider.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Finds payloads that follow each other as lines of JSON (JSON Lines, NDJSON), the last one with or without its end; also
 * those that are written over several lines, or as the elements of one array, as Gemini does without {@code alt=sse}.
 * One thread at a time.
 */
final class JsonLines implements PayloadSplitter {

    private final Consumer<String> payloads;
    private final LineSplitter lines;

    /** An object that began on a line before and is not whole yet; empty if there is none. */
    private final StringBuilder open = new StringBuilder();

    private int depth;
    private boolean inText;
    private boolean escaped;

    JsonLines(Consumer<String> payloads) {
        this.payloads = payloads;
        this.lines = new LineSplitter(
                (bytes, start, end) -> line(new String(bytes, start, end - start, StandardCharsets.UTF_8)), LIMIT);
    }

    @Override
    public void feed(ByteBuffer more) throws TooLongException {
        lines.feed(more);
    }

    @Override
    public void end() throws TooLongException {
        lines.end();
        if (!open.isEmpty()) { // it never became whole: what are whole lines of it count
            String broken = open.toString();
            reset();
            broken.lines().forEach(payloads);
        }
    }

    private void line(String line) throws TooLongException {
        if (open.isEmpty() && isPlain(line)) {
            payloads.accept(line);
            return;
        }
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (depth > 0) {
                take(c);
            } else if (c == '{') {
                take(c);
            } else if ("[], \t".indexOf(c) < 0) {
                payloads.accept(line.substring(at - 1)); // a word, or a page
                return;
            }
        }
        if (inText) { // no text in JSON goes over lines: the object is broken
            payloads.accept(open.toString());
            reset();
        } else if (depth > 0) {
            open.append('\n');
        }
        if (open.length() > LIMIT) {
            throw new TooLongException();
        }
    }

    /** Nearly all are, and nobody looks at what is between. */
    private static boolean isPlain(String line) {
        return !line.isEmpty() && line.charAt(0) == '{' && line.charAt(line.length() - 1) == '}';
    }

    private void take(char c) {
        open.append(c);
        if (inText) {
            inText = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            payloads.accept(open.toString());
            reset();
        }
    }

    private void reset() {
        open.setLength(0);
        depth = 0;
        inText = false;
        escaped = false;
    }
}
