package app.patter.web;

import jakarta.enterprise.context.RequestScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the form that this request posts. Read by Patter itself because servers differ in what they do with
 * characters that are not UTF-8. Line ends arrive as the browser's CRLF and are given as LF.
 */
@RequestScoped
public class FormData {

    /** Most fields that a form may have; Patter's own have a few dozen. */
    private static final int FIELDS = 1_000;

    private Map<String, String> fields = Map.of();

    /**
     * Reads a body of type {@code application/x-www-form-urlencoded} (WHATWG URL standard, section 5.1).
     *
     * @throws ProblemException if it holds bytes that are not UTF-8, or more fields than any form
     */
    public void read(byte[] body) {
        Map<String, String> read = new HashMap<>();
        int start = 0;
        while (start < body.length) {
            int end = indexOf(body, '&', start, body.length);
            int equals = indexOf(body, '=', start, end);
            if (read.size() == FIELDS) {
                throw new ProblemException(ProblemCode.UNKNOWN_FORM);
            }
            read.put(decode(body, start, equals), decode(body, Math.min(equals + 1, end), end));
            start = end + 1;
        }
        fields = read;
    }

    private static int indexOf(byte[] body, char wanted, int from, int to) {
        int at = from;
        while (at < to && body[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decode(byte[] body, int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate(to - from);
        for (int at = from; at < to; at++) {
            int high = at + 2 < to && body[at] == '%' ? Character.digit(body[at + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(body[at + 2], 16);
            if (low >= 0) {
                bytes.put((byte) (high << 4 | low));
                at += 2;
            } else {
                bytes.put(body[at] == '+' ? (byte) ' ' : body[at]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.flip())
                    .toString()
                    .replace("\r\n", "\n")
                    .replace('\u0000', '\uFFFD');
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemCode.NOT_UTF8);
        }
    }

    /** The field's text, empty if it was not posted. */
    public String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** The field's text; absent if it was not posted or is blank. */
    public Optional<String> filled(String field) {
        return Optional.of(text(field)).filter(value -> !value.isBlank());
    }

    /**
     * The id in a field; null if it was not posted.
     *
     * @throws ProblemException if it is no id
     */
    public @Nullable UUID id(String field) {
        return filled(field).map(Uuids::parse).orElse(null);
    }
}
