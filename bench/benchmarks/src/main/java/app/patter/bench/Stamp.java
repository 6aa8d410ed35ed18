package app.patter.bench;

import java.nio.charset.StandardCharsets;

/**
 * A token that tells when it was sent: T, six digits of base 36, a blank. The number counts microseconds since this
 * part of the run began, which may last 35 minutes. Nothing else on a page of Patter looks like it.
 */
final class Stamp {

    static final int LENGTH = 8;

    /** Tokens of a paragraph. */
    static final int PARAGRAPH = 60;

    private static final int DIGITS = 6;
    private static volatile long origin = System.nanoTime();
    private static final byte[] ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(StandardCharsets.US_ASCII);

    private Stamp() {}

    /** Counts from now on; while no tokens are under way. */
    static void restart() {
        origin = System.nanoTime();
    }

    /** Microseconds since the count began. */
    static int now() {
        return (int) ((System.nanoTime() - origin) / 1_000);
    }

    static void write(int stamp, byte[] to, int at) {
        to[at] = 'T';
        int rest = stamp;
        for (int digit = DIGITS; digit > 0; digit--) {
            to[at + digit] = ALPHABET[rest % 36];
            rest /= 36;
        }
        to[at + LENGTH - 1] = ' ';
    }

    /** The stamp at a place where {@link #LENGTH} bytes are, or −1 if there is none. */
    static int read(byte[] from, int at) {
        byte after = from[at + LENGTH - 1];
        if (from[at] != 'T' || (after != ' ' && after != '<')) { // a page ends a paragraph without the blank
            return -1;
        }
        long stamp = 0;
        for (int digit = 1; digit <= DIGITS; digit++) {
            byte b = from[at + digit];
            if (b >= '0' && b <= '9') {
                stamp = stamp * 36 + b - '0';
            } else if (b >= 'A' && b <= 'Z') {
                stamp = stamp * 36 + b - 'A' + 10;
            } else {
                return -1;
            }
        }
        return (int) stamp;
    }

    /** The text that a model wrote which sent these tokens. */
    static String text(int[] stamps, TokenServer.Form form) {
        StringBuilder text = new StringBuilder(stamps.length * (LENGTH + 1));
        byte[] token = new byte[LENGTH];
        for (int i = 0; i < stamps.length; i++) {
            write(stamps[i], token, 0);
            text.append(form.before(i)).append(new String(token, StandardCharsets.US_ASCII));
        }
        return text.toString();
    }
}
