package app.patter.provider.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts bytes into lines, whatever the pieces they arrive in. Lines end with a line feed, a carriage return, or both; a
 * byte order mark before the first is dropped. Pure; one object per stream, one thread at a time.
 */
final class LineSplitter {

    private static final int FIRST_SIZE = 4 << 10;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Lines lines;
    private final int limit;

    /** Bytes of the line that is not complete yet, from 0 to {@code filled}; none before {@code scanned} ends it. */
    private byte[] bytes = new byte[FIRST_SIZE];

    private int filled;
    private int scanned;
    private boolean firstLine = true;
    /** A line feed right after a carriage return belongs to the line end already seen. */
    private boolean afterReturn;

    /** Receives the lines. */
    @FunctionalInterface
    interface Lines {
        /** Takes the line that stands in {@code bytes} now, without its end. */
        void line(byte[] bytes, int start, int end) throws TooLongException;
    }

    /**
     * A splitter.
     *
     * @param limit longest line, in bytes
     */
    LineSplitter(Lines lines, int limit) {
        this.lines = lines;
        this.limit = limit;
    }

    /**
     * Takes the next bytes, all of them.
     *
     * @throws TooLongException if a line is longer than the limit
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

    /** Nothing more comes: what has no line end yet is a line too. */
    void end() throws TooLongException {
        int length = filled;
        filled = 0;
        scanned = 0;
        if (length > 0) {
            line(0, length);
        }
    }

    private void line(int start, int end) throws TooLongException {
        boolean marked = firstLine
                && end - start >= BYTE_ORDER_MARK.length
                && Arrays.equals(
                        bytes, start, start + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        firstLine = false;
        lines.line(bytes, marked ? start + BYTE_ORDER_MARK.length : start, end);
    }
}
