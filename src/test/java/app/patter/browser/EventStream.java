package app.patter.browser;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The answers on one connection. Where one is an event stream, its chunks are taken apart and its events can be changed;
 * all else passes as it is. One byte is one character here, so that nothing depends on where bytes are cut.
 */
final class EventStream {

    private final Function<String, List<String>> change;
    private final StringBuilder chunks = new StringBuilder();
    private final StringBuilder events = new StringBuilder();
    private boolean following;

    EventStream(Function<String, List<String>> change) {
        this.change = change;
    }

    /** What is to be passed on of what arrived. */
    byte[] change(byte[] arrived) {
        String text = new String(arrived, StandardCharsets.ISO_8859_1);
        int body = 0;
        if (!following) {
            int end = text.indexOf("\r\n\r\n");
            if (!text.startsWith("HTTP/1.1 200")
                    || end < 0
                    || !text.substring(0, end).contains("text/event-stream")) {
                return arrived;
            }
            following = true;
            body = end + 4;
        }
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        passed.writeBytes(text.substring(0, body).getBytes(StandardCharsets.ISO_8859_1));
        chunks.append(text, body, text.length());
        while (chunk(passed)) {}
        return passed.toByteArray();
    }

    /** Takes one chunk (RFC 9112, section 7.1), if it is there. */
    private boolean chunk(ByteArrayOutputStream passed) {
        int line = chunks.indexOf("\r\n");
        if (line < 0) {
            return false;
        }
        int length = Integer.parseInt(chunks.substring(0, line).strip(), 16);
        if (chunks.length() < line + 2 + length + 2) {
            return false;
        }
        events.append(chunks, line + 2, line + 2 + length);
        chunks.delete(0, line + 2 + length + 2);
        if (length == 0) {
            following = false;
            passed.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return false;
        }
        for (int end = events.indexOf("\n\n"); end >= 0; end = events.indexOf("\n\n")) {
            for (String event : change.apply(events.substring(0, end))) {
                String chunk = Integer.toHexString(event.length() + 2) + "\r\n" + event + "\n\n\r\n";
                passed.writeBytes(chunk.getBytes(StandardCharsets.ISO_8859_1));
            }
            events.delete(0, end + 2);
        }
        return true;
    }
}
