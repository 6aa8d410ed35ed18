package app.patter.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events in an event stream, whatever the pieces it arrives in. Pure; one object per stream, one thread at a
 * time.
 *
 * <p>Source: HTML Living Standard, 9.2.6 "Interpreting an event stream". As there, an event without data is dropped and
 * so is one whose closing empty line never comes. {@code id} and {@code retry} are skipped: nobody reconnects to the
 * stream of a model.
 */
final class EventStreamParser {

    /** Longest line, and most data of one event, in bytes; the standard has no bound, but memory has. */
    static final int LIMIT = 16 << 20;

    private static final int FIRST_SIZE = 4 << 10;

    private final Events events;
    private final int limit;

    /** Bytes of the line that is not complete yet, from 0 to {@code filled}; none before {@code scanned} ends it. */
    private byte[] bytes = new byte[FIRST_SIZE];

    private int filled;
    private int scanned;
    private boolean firstLine = true;
    /** A line feed right after a carriage return belongs to the line end already seen. */
    private boolean afterReturn;

    private String name = "";
    private @Nullable String data;
    private @Nullable StringBuilder longData;

    /** Receives the events. */
    @FunctionalInterface
    interface Events {
        /** Takes the next event; its name is empty unless the stream gives one, its data may be empty. */
        void event(String name, String data);
    }

    EventStreamParser(Events events) {
        this(events, LIMIT);
    }

    EventStreamParser(Events events, int limit) {
        this.events = events;
        this.limit = limit;
    }

    /**
     * Takes the next bytes, all of them.
     *
     * @throws TooLongException if a line or an event is longer than the limit
     */
    void feed(ByteBuffer more) throws TooLongException {
        int count = more.remaining();
        if (bytes.length - filled < count) {
            bytes = Arrays.copyOf(bytes, Math.max(filled + count, (int) Math.min(2L * bytes.length, 2L * limit)));
        }
        more.get(bytes, filled, count);
        filled += count;
        int start = 0;
        int position = scanned;
        while (position < filled) {
            byte b = bytes[position++];
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                start = position;
            } else if (b == '\n' || b == '\r') {
                afterReturn = b == '\r';
                line(start, position - 1);
                start = position;
            } else {
                afterReturn = false;
            }
        }
        System.arraycopy(bytes, start, bytes, 0, filled - start);
        filled -= start;
        scanned = filled;
        if (filled > limit) {
            throw new TooLongException();
        }
    }

    private void line(int from, int end) throws TooLongException {
        int start = from;
        if (firstLine) {
            firstLine = false;
            if (startsWith(start, end, BYTE_ORDER_MARK)) {
                start += BYTE_ORDER_MARK.length;
            }
        }
        if (start == end) {
            dispatch();
        } else if (startsWith(start, end, DATA)) {
            addData(value(start + DATA.length, end));
        } else if (startsWith(start, end, EVENT)) {
            name = value(start + EVENT.length, end);
        } else if (end - start == DATA.length - 1 && startsWith(start, end + 1, DATA, DATA.length - 1)) {
            addData("");
        } else if (end - start == EVENT.length - 1 && startsWith(start, end + 1, EVENT, EVENT.length - 1)) {
            name = "";
        }
    }

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);

    private boolean startsWith(int start, int end, byte[] prefix) {
        return startsWith(start, end, prefix, prefix.length);
    }

    private boolean startsWith(int start, int end, byte[] prefix, int length) {
        return end - start >= length && Arrays.equals(bytes, start, start + length, prefix, 0, length);
    }

    /** A line never ends inside a code point, so it can be decoded whole, wherever the stream was cut. */
    private String value(int from, int end) {
        int start = from < end && bytes[from] == ' ' ? from + 1 : from;
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private void addData(String value) throws TooLongException {
        if (data == null) {
            data = value;
            return;
        }
        if (longData == null) {
            longData = new StringBuilder(data);
        }
        longData.append('\n').append(value);
        if (longData.length() > limit) {
            throw new TooLongException();
        }
    }

    private void dispatch() {
        String whole = longData != null ? longData.toString() : data;
        String event = name;
        name = "";
        data = null;
        longData = null;
        if (whole != null) {
            events.event(event, whole);
        }
    }

    /** A line or an event is longer than any that a model server sends. */
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
