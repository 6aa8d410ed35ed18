package app.patter.provider.http;

import app.patter.provider.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Finds the payloads in the bytes of a stream. One object per stream, one thread at a time. */
public interface PayloadSplitter {

    /** Longest payload, in bytes; no format has a bound, but memory has. */
    int LIMIT = 16 << 20;

    /**
     * Takes the next bytes, all of them.
     *
     * @throws TooLongException if a payload is longer than the limit
     */
    void feed(ByteBuffer more) throws TooLongException;

    /** Nothing more comes. */
    void end() throws TooLongException;

    /** A splitter that hands over payloads; which bytes belong to one depends on the framing. */
    static PayloadSplitter of(Dialect.Framing framing, Consumer<String> payloads) {
        return switch (framing) {
            case EVENTS -> new SseParser((name, data) -> payloads.accept(data));
            case LINES -> new JsonLines(payloads);
        };
    }

    /** Each line is a payload, the last one with or without its end (JSON Lines, NDJSON). */
    final class JsonLines implements PayloadSplitter {

        private final LineSplitter lines;

        JsonLines(Consumer<String> payloads) {
            this.lines = new LineSplitter(
                    (bytes, start, end) ->
                            payloads.accept(new String(bytes, start, end - start, StandardCharsets.UTF_8)),
                    LIMIT);
        }

        @Override
        public void feed(ByteBuffer more) throws TooLongException {
            lines.feed(more);
        }

        @Override
        public void end() throws TooLongException {
            lines.end();
        }
    }
}
