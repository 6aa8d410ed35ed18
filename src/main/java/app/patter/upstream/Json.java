package app.patter.upstream;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.Reader;
import java.io.Writer;
import java.util.Map;

/**
 * The JSON factories, looked up once: {@code jakarta.json.Json} searches the class path for its provider at each call,
 * which costs more than parsing an event.
 */
final class Json {

    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());
    private static final JsonGeneratorFactory GENERATORS = PROVIDER.createGeneratorFactory(Map.of());

    private Json() {}

    static JsonParser parser(Reader json) {
        return PARSERS.createParser(json);
    }

    static JsonGenerator generator(Writer json) {
        return GENERATORS.createGenerator(json);
    }

    /** Skips the value that follows a key, or the next element of an array. */
    static void skip(JsonParser parser) {
        skip(parser, parser.next());
    }

    /**
     * Skips the rest of the value that begins with {@code event}. Not with the parser's own {@code skipObject}, which
     * in some versions never returns when the text ends in the middle.
     */
    static void skip(JsonParser parser, JsonParser.Event event) {
        int depth = 0;
        for (JsonParser.Event next = event; ; next = parser.next()) {
            switch (next) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {
                    // a value or a name
                }
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /** The number at which the parser stands; large and fractional ones are rounded, without the cost of exactness. */
    static long number(JsonParser parser) {
        String digits = parser.getString();
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return (long) Double.parseDouble(digits);
        }
    }
}
