package app.patter.text;

import app.patter.json.JsonFactories;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to be told to a person, as a code and arguments: {@link Messages} has the words. Immutable.
 *
 * <p>In JSON it is an array of the key and the arguments; an argument that is a coded text is such an array too. Whatever
 * follows it comes last, each in an array of its own array: {@code ["error.a", "host:1", 503, [["error.b", 3]]]}.
 *
 * @param key of its text in the bundle
 * @param arguments strings, longs and other coded texts
 * @param then what follows in sentences of its own
 */
public record CodedText(String key, List<Object> arguments, List<CodedText> then) {

    public CodedText {
        arguments = arguments.stream().map(CodedText::argument).toList();
        then = List.copyOf(then);
    }

    /** A text of the bundle with its arguments; where there is a {@link TextCode}, use that. */
    public CodedText(String key, Object... arguments) {
        this(key, List.of(arguments), List.of());
    }

    private static Object argument(Object given) {
        if (given instanceof String || given instanceof Long || given instanceof CodedText) {
            return given;
        }
        if (given instanceof Integer number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("no argument of a text: " + given.getClass());
    }

    /** The same with another sentence at its end. */
    public CodedText then(CodedText more) {
        List<CodedText> all = new ArrayList<>(then);
        all.add(more);
        return new CodedText(key, arguments, all);
    }

    /** What programs know it by: the key without its first part. */
    public String code() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** The same with no string longer than {@code most} characters. */
    public CodedText shortened(int most) {
        List<Object> shorter = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof CodedText text) {
                shorter.add(text.shortened(most));
            } else if (argument instanceof String text && text.length() > most) {
                shorter.add(text.substring(0, most - 1) + "…");
            } else {
                shorter.add(argument);
            }
        }
        return new CodedText(
                key, shorter, then.stream().map(text -> text.shortened(most)).toList());
    }

    /** As one text, which {@link #of} reads. */
    public String toJson() {
        return array().build().toString();
    }

    private JsonArrayBuilder array() {
        JsonArrayBuilder array = JsonFactories.array().add(key);
        for (Object argument : arguments) {
            if (argument instanceof CodedText text) {
                array.add(text.array());
            } else if (argument instanceof Long number) {
                array.add(number);
            } else {
                array.add((String) argument);
            }
        }
        if (!then.isEmpty()) {
            JsonArrayBuilder following = JsonFactories.array();
            then.forEach(text -> following.add(text.array()));
            array.add(following);
        }
        return array;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static CodedText of(String json) {
        try (JsonReader reader = JsonFactories.reader(new StringReader(json))) {
            return of(reader.readArray());
        } catch (JsonException | ClassCastException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no coded text", e);
        }
    }

    /**
     * What a row holds.
     *
     * @param json from {@link #toJson}; null in rows from before errors had codes, and where there is none
     * @param words of such a row; null where there are none
     */
    public static @Nullable CodedText stored(@Nullable String json, @Nullable String words) {
        if (json != null) {
            return of(json);
        }
        return words == null ? null : BaseText.OTHER.with(words);
    }

    private static CodedText of(JsonArray array) {
        List<Object> arguments = new ArrayList<>();
        List<CodedText> then = new ArrayList<>();
        for (JsonValue value : array.subList(1, array.size())) {
            if (value instanceof JsonString text) {
                arguments.add(text.getString());
            } else if (value instanceof JsonNumber number) {
                arguments.add(number.longValue());
            } else if (value.asJsonArray().get(0) instanceof JsonString) {
                arguments.add(of(value.asJsonArray()));
            } else {
                value.asJsonArray().forEach(text -> then.add(of(text.asJsonArray())));
            }
        }
        return new CodedText(array.getString(0), arguments, then);
    }
}
