package app.patter.provider.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a body that was compressed although nobody asked for it, as some proxies do, whatever the pieces it arrives in. A
 * body that is only labelled so passes as it is. One object per body, one thread at a time.
 *
 * <p>Source: RFC 1950, RFC 1952 ("Member format"); RFC 9110, 8.4.1: what is called deflate should be zlib's format, and is
 * the bare one at some.
 */
final class Inflating {

    private static final int SIZE = 8 << 10;
    private static final int GZIP_HEADER = 10;
    private static final int GZIP_TRAILER = 8;
    private static final int ZLIB_HEADER = 2;

    // Flags of a gzip header
    private static final int CHECKED = 2;
    private static final int EXTRA = 4;
    private static final int NAMED = 8;
    private static final int COMMENTED = 16;

    private final boolean gzip;

    /** What may still be a header, or the end of a member before the next. */
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    private @Nullable Inflater inflater;

    /** Whether a member has ended, so that its check sum comes before the next. */
    private boolean trailer;

    private boolean over;

    /** Whether the body is not compressed at all. */
    private boolean plain;

    private boolean unpackedAny;

    /** Receives what was packed. */
    @FunctionalInterface
    interface Unpacked {
        /** Takes the next bytes, all of them, before it returns. */
        void bytes(ByteBuffer bytes) throws TooLongException;
    }

    private Inflating(boolean gzip) {
        this.gzip = gzip;
    }

    /** One for a body with that {@code Content-Encoding}; null where there is nothing to unpack. */
    static @Nullable Inflating of(String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new Inflating(true);
            case "deflate" -> new Inflating(false);
            default -> null;
        };
    }

    /**
     * Unpacks a body that has come whole, or up to some place.
     *
     * @param most bytes that are wanted
     */
    static byte[] whole(String encoding, byte[] body, int most) {
        Inflating inflating = of(encoding);
        if (inflating == null) {
            return body;
        }
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        try {
            inflating.feed(ByteBuffer.wrap(body), bytes -> {
                int count = Math.min(bytes.remaining(), most - unpacked.size());
                byte[] copy = new byte[count];
                bytes.get(copy);
                unpacked.writeBytes(copy);
                if (unpacked.size() >= most) {
                    throw new TooLongException();
                }
            });
        } catch (TooLongException e) {
            // enough
        } catch (DataFormatException e) {
            return unpacked.size() == 0 ? body : unpacked.toByteArray(); // it was only labelled so, or breaks off
        } finally {
            inflating.close();
        }
        return unpacked.toByteArray();
    }

    /**
     * Takes the next bytes, all of them.
     *
     * @throws DataFormatException if they are not what they are said to be
     */
    void feed(ByteBuffer more, Unpacked out) throws TooLongException, DataFormatException {
        byte[] bytes = new byte[more.remaining()];
        more.get(bytes);
        while (bytes.length > 0 && !over) {
            Inflater running = inflater;
            if (plain) {
                out.bytes(ByteBuffer.wrap(bytes));
                return;
            }
            bytes = running == null ? begin(bytes) : inflate(running, bytes, out);
        }
    }

    /** Skips what stands before the packed bytes; what is left over. */
    private byte[] begin(byte[] more) throws DataFormatException {
        waiting.writeBytes(more);
        byte[] seen = waiting.toByteArray();
        int start = trailer ? GZIP_TRAILER : 0;
        over = trailer && (!gzip || (seen.length > start && seen[start] != 0x1F)); // a check sum, or padding
        plain = gzip && !trailer && seen[0] != 0x1F;
        if (plain) {
            return seen;
        }
        int length = gzip ? gzipHeader(seen, start) : zlibHeader(seen);
        if (over || length < 0) {
            return new byte[0]; // not all of it is here yet
        }
        waiting.reset();
        inflater = new Inflater(true);
        return rest(seen, length);
    }

    /** Where a header ends that begins at {@code start}; -1 if its end is not here yet. */
    private int gzipHeader(byte[] seen, int start) throws DataFormatException {
        if (over || seen.length < start + GZIP_HEADER) {
            return -1;
        }
        if ((seen[start] & 0xFF) != 0x1F || (seen[start + 1] & 0xFF) != 0x8B) {
            throw new DataFormatException("no gzip");
        }
        int flags = seen[start + 3];
        int at = start + GZIP_HEADER;
        if ((flags & EXTRA) != 0) {
            if (seen.length < at + 2) {
                return -1;
            }
            at += 2 + (seen[at] & 0xFF) + ((seen[at + 1] & 0xFF) << 8);
        }
        for (int flag : new int[] {NAMED, COMMENTED}) {
            if ((flags & flag) != 0) {
                while (at < seen.length && seen[at] != 0) {
                    at++;
                }
                at++;
            }
        }
        at += (flags & CHECKED) != 0 ? 2 : 0;
        return at <= seen.length ? at : -1;
    }

    private static int zlibHeader(byte[] seen) {
        if (seen.length < ZLIB_HEADER) {
            return -1;
        }
        int header = ((seen[0] & 0xFF) << 8) | (seen[1] & 0xFF);
        return (seen[0] & 0x0F) == 8 && header % 31 == 0 ? ZLIB_HEADER : 0;
    }

    private byte[] inflate(Inflater running, byte[] packed, Unpacked out) throws TooLongException, DataFormatException {
        running.setInput(packed);
        byte[] unpacked = new byte[SIZE];
        try {
            for (int count = running.inflate(unpacked); count > 0; count = running.inflate(unpacked)) {
                unpackedAny = true;
                out.bytes(ByteBuffer.wrap(unpacked, 0, count));
            }
        } catch (DataFormatException e) {
            plain = !unpackedAny && !gzip; // nothing in such a body says what it is but that it can be unpacked
            if (plain) {
                return packed;
            }
            throw e;
        }
        if (!running.finished()) {
            return new byte[0];
        }
        int left = running.getRemaining();
        close();
        trailer = true;
        return rest(packed, packed.length - left);
    }

    private static byte[] rest(byte[] bytes, int from) {
        byte[] rest = new byte[bytes.length - from];
        System.arraycopy(bytes, from, rest, 0, rest.length);
        return rest;
    }

    /** Lets go of what is held outside of Java's heap. */
    void close() {
        Inflater running = inflater;
        if (running != null) {
            running.end();
            inflater = null;
        }
    }
}
