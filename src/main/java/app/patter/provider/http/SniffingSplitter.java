package app.patter.provider.http;

import app.patter.provider.Dialect.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks at the first bytes of a stream to see how its payloads follow each other. One thread at a time. */
final class SniffingSplitter implements PayloadSplitter {

    /** With what a line of an event stream begins; {@code error} is no field of the standard, but llama.cpp's. */
    private static final Set<String> FIELDS = Set.of("data", "event", "id", "retry", "error");

    private static final int LONGEST_FIELD = 5;
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF"; // its bytes, each as a character

    private final Framing usual;
    private final Function<Framing, PayloadSplitter> splitters;

    /** What came before it was clear; only blanks and the beginning of a word. */
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    private @Nullable PayloadSplitter chosen;

    /** @param usual the framing where the first bytes do not tell */
    SniffingSplitter(Framing usual, Function<Framing, PayloadSplitter> splitters) {
        this.usual = usual;
        this.splitters = splitters;
    }

    @Override
    public void feed(ByteBuffer more) throws TooLongException {
        if (chosen != null) {
            chosen.feed(more);
            return;
        }
        byte[] copy = new byte[more.remaining()];
        more.get(copy);
        held.writeBytes(copy);
        if (held.size() > LIMIT) {
            throw new TooLongException();
        }
        Optional<Framing> framing = framing(held.toString(StandardCharsets.ISO_8859_1));
        if (framing.isPresent()) {
            choose(framing.get());
        }
    }

    @Override
    public void end() throws TooLongException {
        choose(usual).end();
    }

    private PayloadSplitter choose(Framing framing) throws TooLongException {
        PayloadSplitter splitter = chosen;
        if (splitter == null) {
            splitter = splitters.apply(framing);
            chosen = splitter;
            splitter.feed(ByteBuffer.wrap(held.toByteArray()));
            held.reset();
        }
        return splitter;
    }

    /** Empty if more must be seen. */
    private Optional<Framing> framing(String bytes) {
        String start =
                (bytes.startsWith(BYTE_ORDER_MARK) ? bytes.substring(BYTE_ORDER_MARK.length()) : bytes).stripLeading();
        if (start.isEmpty() || BYTE_ORDER_MARK.startsWith(start)) {
            return Optional.empty();
        }
        char first = start.charAt(0);
        if (first == '{' || first == '[' || first == '<') {
            return Optional.of(Framing.LINES);
        }
        int end = 0;
        while (end < start.length() && Character.isLetter(start.charAt(end))) {
            end++;
        }
        if (end == start.length() && end <= LONGEST_FIELD) {
            return Optional.empty();
        }
        boolean field = first == ':' || FIELDS.contains(start.substring(0, end));
        return Optional.of(field ? Framing.EVENTS : usual);
    }
}
