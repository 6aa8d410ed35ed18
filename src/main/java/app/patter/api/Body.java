package app.patter.api;

import app.patter.json.JsonFactories;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The JSON object that a program sends. */
final class Body {

    /** A character is at most six bytes of JSON. */
    private static final int BYTES_PER_CHARACTER = 6;

    private static final int OTHER_FIELDS = 4_096;

    private final JsonObject fields;

    private Body(JsonObject fields) {
        this.fields = fields;
    }

    /** Most bytes of a body with a text of so many characters. */
    static long longest(long characters) {
        return characters * BYTES_PER_CHARACTER + OTHER_FIELDS;
    }

    /**
     * Reads a body.
     *
     * @param limit most bytes
     * @throws ProblemException if it is too long or no JSON object
     */
    static Body read(InputStream in, long limit) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limit + 1));
        if (bytes.length > limit) {
            throw new ProblemException(ProblemCode.BODY_TOO_LONG);
        }
        if (bytes.length == 0) {
            return new Body(JsonValue.EMPTY_JSON_OBJECT);
        }
        InputStreamReader text = new InputStreamReader(
                new ByteArrayInputStream(bytes),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
        try (JsonReader reader = JsonFactories.reader(text)) {
            return new Body(reader.readObject());
        } catch (JsonException | IllegalStateException e) {
            throw new ProblemException(ProblemCode.NO_JSON_OBJECT, "{\"text\": \"Hello\"}");
        }
    }

    /**
     * A field's text, with NUL replaced, which no database takes.
     *
     * @throws ProblemException if the field is there and no string
     */
    Optional<String> text(String name) {
        JsonValue value = fields.get(name);
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString string) {
            return Optional.of(string.getString().replace('\u0000', '\uFFFD'));
        }
        throw new ProblemException(ProblemCode.NOT_A_STRING, name);
    }

    /**
     * A field's id.
     *
     * @throws ProblemException if the field is there and no UUID
     */
    Optional<UUID> id(String name) {
        return text(name).map(value -> {
            try {
                return UUID.fromString(value);
            } catch (IllegalArgumentException e) {
                throw new ProblemException(ProblemCode.NOT_A_UUID, name);
            }
        });
    }
}
