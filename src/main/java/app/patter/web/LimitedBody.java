package app.patter.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads the body of a request up to a length and within a time, as a stranger may send much, or little for ever. Immutable.
 *
 * @param length bytes that it may have
 * @param time   for all of it; a read that blocks is ended by the server
 * @param clock  tells the time as {@link System#nanoTime()} does
 */
public record LimitedBody(int length, Duration time, LongSupplier clock) {

    private static final int PART = 8_192;

    public LimitedBody(int length, Duration time) {
        this(length, time, System::nanoTime);
    }

    /**
     * Reads all of it.
     *
     * @throws ProblemException if it is too long or takes too long; what follows is left unread
     */
    public byte[] read(InputStream in) throws IOException {
        long begun = clock.getAsLong();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            body.write(part, 0, read);
            if (body.size() > length) {
                throw new ProblemException(ProblemCode.FORM_TOO_LONG);
            }
            if (clock.getAsLong() - begun > time.toNanos()) {
                throw new ProblemException(ProblemCode.FORM_TOO_SLOW);
            }
        }
        return body.toByteArray();
    }
}
