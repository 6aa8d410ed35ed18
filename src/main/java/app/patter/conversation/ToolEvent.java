package app.patter.conversation;

import app.patter.json.JsonFactories;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a run of a tool: one line of JSON that says what it is, and after it the body.
 *
 * <p>A {@link SegmentKind#TOOL_CALL}'s line names the call: {@code {"id":…,"name":…,"title":…}}; its body are the arguments,
 * which grow. A call whose id has come before replaces the one before. Where a provider gives several calls of an answer
 * the same id, the line has its id as {@code "given"}, and {@code "id"} is another. {@link SegmentKind#TOOL_RESULT} is what happens
 * to a call, told at once and whole: {@code {"call":…,"state":…}} with the state {@code asks} (a person has to allow it),
 * {@code begun}, {@code progress}, {@code part} (of what an agent's tool says), {@code done}, {@code failed} or
 * {@code refused}; its body is what the tool says.
 *
 * @param body empty if there is none
 */
public record ToolEvent(JsonObject line, String body) {

    /** How it ended, or that it has not yet. */
    public static final String ASKS = "asks";

    public static final String BEGUN = "begun";
    public static final String PROGRESS = "progress";

    public static final String PART = "part";
    public static final String DONE = "done";
    public static final String FAILED = "failed";
    public static final String REFUSED = "refused";

    /**
     * How far a call is.
     *
     * @param total null if nobody knows
     * @param message empty if there is none
     */
    public record Progress(double reached, @Nullable Double total, String message) {}

    /** The line of a call. */
    public static String call(String id, String name, String title) {
        return call(id, id, name, title);
    }

    /**
     * The line of a call.
     *
     * @param id    unique in its answer
     * @param given what its provider calls it
     */
    public static String call(String id, String given, String name, String title) {
        JsonObjectBuilder line =
                JsonFactories.object().add("id", id).add("name", name).add("title", title);
        return line(given.equals(id) ? line : line.add("given", given));
    }

    /** A person has to say whether a call may be made. */
    public static String asks(String call) {
        return line(about(call, ASKS));
    }

    /** A call is made now. Whoever does not find this knows that it has had no effect. */
    public static String begun(String call) {
        return line(about(call, BEGUN));
    }

    /** A call has come so far. */
    public static String progress(String call, Progress progress) {
        JsonObjectBuilder line = about(call, PROGRESS).add("reached", progress.reached());
        Double total = progress.total();
        if (total != null) {
            line.add("total", total);
        }
        return line(line) + progress.message();
    }

    /** A piece of what the tool of an agent says while it works. */
    public static String part(String call, String text) {
        return line(about(call, PART)) + text;
    }

    /**
     * What a tool has answered.
     *
     * @param state  {@link #DONE}, {@link #FAILED} or {@link #REFUSED}
     * @param millis how long it took; 0 if nobody knows
     * @param images ids of pictures
     */
    public static String result(String call, String state, long millis, List<String> images, String text) {
        JsonObjectBuilder line = about(call, state);
        if (millis > 0) {
            line.add("milliseconds", millis);
        }
        if (!images.isEmpty()) {
            line.add("images", JsonFactories.array(images));
        }
        return line(line) + text;
    }

    private static JsonObjectBuilder about(String call, String state) {
        return JsonFactories.object().add("call", call).add("state", state);
    }

    private static String line(JsonObjectBuilder object) {
        return object.build() + "\n";
    }

    /** Reads what was written; empty if it is not whole, or something else. */
    public static Optional<ToolEvent> of(String text) {
        int end = text.indexOf('\n');
        if (end < 0) {
            return Optional.empty();
        }
        try (JsonReader reader = JsonFactories.reader(new StringReader(text.substring(0, end)))) {
            return Optional.of(new ToolEvent(reader.readObject(), text.substring(end + 1)));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    /** The string of that name, or an empty one. */
    public String text(String name) {
        return line.get(name) instanceof JsonString text ? text.getString() : "";
    }

    /** The call's id, of a call and of what happens to it. */
    public String id() {
        String call = text("call");
        return call.isEmpty() ? text("id") : call;
    }

    /** What its provider calls it, of a call. */
    public String given() {
        String given = text("given");
        return given.isEmpty() ? id() : given;
    }

    /** Whether it says that a person has to allow a call. */
    public boolean asks() {
        return text("state").equals(ASKS);
    }

    /** Whether it says that a call is made. */
    public boolean isBegun() {
        return text("state").equals(BEGUN);
    }

    /** Whether it is how a call ended. */
    public boolean isEnd() {
        String state = text("state");
        return state.equals(DONE) || state.equals(FAILED) || state.equals(REFUSED);
    }

    /** The number of that name; null if there is none. */
    public @Nullable Double number(String name) {
        return line.get(name) instanceof JsonNumber number ? number.doubleValue() : null;
    }

    /** Ids of pictures. */
    public List<String> images() {
        return line.getOrDefault("images", JsonValue.EMPTY_JSON_ARRAY).asJsonArray().stream()
                .map(id -> id instanceof JsonString text ? text.getString() : "")
                .toList();
    }
}
