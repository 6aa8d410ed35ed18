package app.patter.json;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonMergePatch;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.Reader;
import java.util.Collection;
import java.util.Map;

/**
 * The JSON factories, looked up once: {@code jakarta.json.Json} searches the class path for its provider at each call,
 * which costs more than most things that are then made.
 */
public final class JsonFactories {

    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());

    private JsonFactories() {}

    /** A builder of objects. */
    public static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    /** A builder that begins with what an object holds. */
    public static JsonObjectBuilder object(JsonObject object) {
        return BUILDERS.createObjectBuilder(object);
    }

    /** A builder of arrays. */
    public static JsonArrayBuilder array() {
        return BUILDERS.createArrayBuilder();
    }

    /** A builder that begins with these strings. */
    public static JsonArrayBuilder array(Collection<String> strings) {
        return BUILDERS.createArrayBuilder(strings);
    }

    /** A change of JSON, as RFC 7396 describes it. */
    public static JsonMergePatch patch(JsonObject changes) {
        return PROVIDER.createMergePatch(changes);
    }

    /** A reader of one value. */
    public static JsonReader reader(Reader json) {
        return READERS.createReader(json);
    }

    /** A parser of events. */
    public static JsonParser parser(Reader json) {
        return PARSERS.createParser(json);
    }
}
