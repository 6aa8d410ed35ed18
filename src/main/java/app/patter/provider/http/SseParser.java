package app.patter.provider.http;

import app.patter.json.JsonObjectScanner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events in an event stream, whatever the pieces it arrives in. Pure; one object per stream, one thread at a
 * time.
 *
 * <p>Source: HTML Living Standard, 9.2.6 "Interpreting an event stream". As there, an event without data is dropped. Other
 * than there, a last event counts although its closing empty line never comes; objects that follow each other without
 * an empty line are events of their own; and an object, a page or an error may stand in a line without a field. {@code id}
 * and {@code retry} are skipped: nobody reconnects to the stream of a model.
 */
final class SseParser implements PayloadSplitter {

    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error:".getBytes(StandardCharsets.US_ASCII);

    private final Events events;
    private final int limit;
    private final LineSplitter lines;

    private String name = "";

    /** The name when the data came. */
    private String dataName = "";

    /** Whether events end with their line, as the stream has shown. */
    private boolean single;

    private @Nullable String data;
    private @Nullable StringBuilder longData;

    /** Receives the events. */
    @FunctionalInterface
    interface Events {
        /** Takes the next event; its name is empty unless the stream gives one, its data may be empty. */
        void event(String name, String data);
    }

    SseParser(Events events) {
        this(events, LIMIT);
    }

    SseParser(Events events, int limit) {
        this.events = events;
        this.limit = limit;
        this.lines = new LineSplitter(this::line, limit);
    }

    @Override
    public void feed(ByteBuffer more) throws TooLongException {
        lines.feed(more);
    }

    @Override
    public void end() throws TooLongException {
        lines.end();
        dispatch(name);
    }

    private void line(byte[] bytes, int start, int end) throws TooLongException {
        if (start == end) {
            dispatch(name);
        } else if (startsWith(bytes, start, end, DATA, DATA.length)) {
            addData(value(bytes, start + DATA.length, end));
        } else if (startsWith(bytes, start, end, EVENT, EVENT.length)) {
            name = value(bytes, start + EVENT.length, end);
        } else if (end - start == DATA.length - 1 && startsWith(bytes, start, end, DATA, DATA.length - 1)) {
            addData("");
        } else if (end - start == EVENT.length - 1 && startsWith(bytes, start, end, EVENT, EVENT.length - 1)) {
            name = "";
        } else if (startsWith(bytes, start, end, ERROR, ERROR.length)) {
            dispatch(name);
            events.event("error", value(bytes, start + ERROR.length, end));
        } else if (bytes[start] == '{' || bytes[start] == '[' || bytes[start] == '<') {
            dispatch(name);
            events.event("", value(bytes, start, end));
        }
    }

    private static boolean startsWith(byte[] bytes, int start, int end, byte[] prefix, int length) {
        return end - start >= length && Arrays.equals(bytes, start, start + length, prefix, 0, length);
    }

    /** A line never ends inside a code point, so it can be decoded whole, wherever the stream was cut. */
    private static String value(byte[] bytes, int from, int end) {
        int start = from < end && bytes[from] == ' ' ? from + 1 : from;
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private void addData(String value) throws TooLongException {
        if (data != null && longData == null && isWhole(data)) {
            single = true;
            String next = name;
            dispatch(dataName);
            name = next;
        }
        if (data == null) {
            data = value;
            dataName = name;
            if (single && (!value.startsWith("{") || isWhole(value))) {
                dispatch(name);
            }
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

    private static boolean isWhole(String object) {
        if (!object.startsWith("{") || !object.endsWith("}")) {
            return false;
        }
        JsonObjectScanner scanner = new JsonObjectScanner();
        scanner.feed(object);
        return scanner.reached();
    }

    private void dispatch(String event) {
        String whole = longData != null ? longData.toString() : data;
        name = "";
        data = null;
        longData = null;
        if (whole != null) {
            events.event(event, whole);
        }
    }
}
