package app.patter.conversation;

import app.patter.conversation.ToolEvent.Asked;
import app.patter.conversation.ToolEvent.Begun;
import app.patter.conversation.ToolEvent.Called;
import app.patter.conversation.ToolEvent.Ended;
import app.patter.conversation.ToolEvent.Outcome;
import app.patter.conversation.ToolEvent.Progress;
import app.patter.conversation.ToolEvent.Progressed;
import app.patter.conversation.ToolEvent.Said;
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
 * Tool events as texts of segments: one line of JSON that says what it is, and after it the body. The database keeps them,
 * and programs read them, so this form can only grow.
 *
 * <p>A {@link SegmentKind#TOOL_CALL}'s line names the call: {@code {"id":…,"name":…,"title":…}}; its body are the
 * arguments. Where a provider gives several calls of an answer the same id, the line has its id as {@code "given"}, and
 * {@code "id"} is another. {@link SegmentKind#TOOL_RESULT} is what happens to a call, told at once and whole: {@code
 * {"call":…,"state":…}} with the state {@code asks}, {@code begun}, {@code progress}, {@code part} (of what an agent's tool
 * says), {@code done}, {@code failed} or {@code refused}; its body is what the tool says.
 */
public final class ToolEventCodec {

    private static final String ASKS = "asks";
    private static final String BEGUN = "begun";
    private static final String PROGRESS = "progress";
    private static final String PART = "part";

    private ToolEventCodec() {}

    /** The text of a segment that says it. */
    public static String encode(ToolEvent event) {
        if (event instanceof Called called) {
            return line(head(called)) + called.arguments();
        } else if (event instanceof Asked) {
            return line(about(event, ASKS));
        } else if (event instanceof Begun) {
            return line(about(event, BEGUN));
        } else if (event instanceof Progressed progressed) {
            return line(progress(progressed)) + progressed.progress().message();
        } else if (event instanceof Said said) {
            return line(about(event, PART)) + said.text();
        } else if (event instanceof Ended ended) {
            return line(end(ended)) + ended.text();
        }
        throw new IllegalArgumentException("no form for " + event.getClass());
    }

    private static String line(JsonObjectBuilder object) {
        return object.build() + "\n";
    }

    private static JsonObjectBuilder head(Called called) {
        JsonObjectBuilder line = JsonFactories.object()
                .add("id", called.call())
                .add("name", called.name())
                .add("title", called.title());
        return called.given().equals(called.call()) ? line : line.add("given", called.given());
    }

    private static JsonObjectBuilder about(ToolEvent event, String state) {
        return JsonFactories.object().add("call", event.call()).add("state", state);
    }

    private static JsonObjectBuilder progress(Progressed progressed) {
        JsonObjectBuilder line =
                about(progressed, PROGRESS).add("reached", progressed.progress().reached());
        Double total = progressed.progress().total();
        return total == null ? line : line.add("total", total);
    }

    private static JsonObjectBuilder end(Ended ended) {
        JsonObjectBuilder line = about(ended, ended.outcome().word());
        if (ended.milliseconds() > 0) {
            line.add("milliseconds", ended.milliseconds());
        }
        return ended.images().isEmpty() ? line : line.add("images", JsonFactories.array(ended.images()));
    }

    /** Reads what was written; empty if it is not whole, or something else. */
    public static Optional<ToolEvent> decode(String text) {
        int end = text.indexOf('\n');
        if (end < 0) {
            return Optional.empty();
        }
        try (JsonReader reader = JsonFactories.reader(new StringReader(text.substring(0, end)))) {
            return Optional.ofNullable(event(reader.readObject(), text.substring(end + 1)));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static @Nullable ToolEvent event(JsonObject line, String body) {
        String call = string(line, "call");
        if (call.isEmpty()) {
            return called(line, body);
        }
        String state = string(line, "state");
        return switch (state) {
            case ASKS -> new Asked(call);
            case BEGUN -> new Begun(call);
            case PART -> new Said(call, body);
            case PROGRESS -> {
                Double reached = number(line, "reached");
                yield reached == null ? null : new Progressed(call, new Progress(reached, number(line, "total"), body));
            }
            default -> ended(call, state, line, body);
        };
    }

    private static @Nullable ToolEvent called(JsonObject line, String body) {
        String id = string(line, "id");
        String given = string(line, "given");
        return id.isEmpty()
                ? null
                : new Called(id, given.isEmpty() ? id : given, string(line, "name"), string(line, "title"), body);
    }

    private static @Nullable ToolEvent ended(String call, String state, JsonObject line, String body) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.word().equals(state)) {
                Double milliseconds = number(line, "milliseconds");
                return new Ended(
                        call, outcome, milliseconds == null ? 0 : milliseconds.longValue(), images(line), body);
            }
        }
        return null;
    }

    private static List<String> images(JsonObject line) {
        return line.getOrDefault("images", JsonValue.EMPTY_JSON_ARRAY).asJsonArray().stream()
                .map(id -> id instanceof JsonString text ? text.getString() : "")
                .toList();
    }

    /** The string of that name, or an empty one. */
    private static String string(JsonObject line, String name) {
        return line.get(name) instanceof JsonString text ? text.getString() : "";
    }

    private static @Nullable Double number(JsonObject line, String name) {
        return line.get(name) instanceof JsonNumber number ? number.doubleValue() : null;
    }
}
