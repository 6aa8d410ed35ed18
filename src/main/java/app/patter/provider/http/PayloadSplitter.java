package app.patter.provider.http;

import app.patter.provider.Dialect;
import app.patter.provider.ErrorBody;
import java.nio.ByteBuffer;
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

    /**
     * A splitter that hands over payloads. Which bytes belong to one depends on the framing, which the first bytes tell;
     * labels are often wrong.
     *
     * @param usual the framing where the first bytes do not tell
     */
    static PayloadSplitter of(Dialect.Framing usual, Consumer<String> payloads) {
        return new SniffingSplitter(usual, framing -> switch (framing) {
            case EVENTS -> new SseParser((name, data) -> payloads.accept(named(name, data)));
            case LINES -> new JsonLines(payloads);
        });
    }

    /** The data of an event; that of one named an error says so too. */
    private static String named(String event, String data) {
        return event.endsWith("error") ? ErrorBody.marked(data) : data;
    }
}
