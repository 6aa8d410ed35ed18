package app.patter.api;

import app.patter.chat.TokenUsage;
import app.patter.conversation.Conversation;
import app.patter.conversation.Message;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.Transcript;
import app.patter.json.JsonFactories;
import app.patter.model.Model;
import app.patter.text.CodedText;
import app.patter.text.Messages;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Patter answers, in JSON. Fields that have no value are left out. */
public final class ApiJson {

    private ApiJson() {}

    static <T> String list(String name, List<T> all, Function<T, JsonObject> each) {
        JsonArrayBuilder array = JsonFactories.array();
        all.forEach(one -> array.add(each.apply(one)));
        return JsonFactories.object().add(name, array).build().toString();
    }

    static JsonObject model(Model model) {
        return JsonFactories.object()
                .add("id", model.id())
                .add("name", model.label())
                .add("demo", model.demo())
                .build();
    }

    static JsonObject conversation(Conversation conversation) {
        JsonObjectBuilder json = JsonFactories.object()
                .add("id", conversation.id().toString())
                .add("title", conversation.title())
                .add("revision", conversation.revision());
        put(json, "model", conversation.model());
        put(json, "updated", time(conversation.updated()));
        return json.build();
    }

    static JsonObject message(Transcript.Entry entry) {
        JsonArrayBuilder runs = JsonFactories.array();
        for (Segment segment : entry.segments()) {
            runs.add(JsonFactories.object()
                    .add("run", segment.ordinal())
                    .add("tokenType", tokenType(segment.kind()))
                    .add("text", segment.text()));
        }
        Message message = entry.message();
        JsonObjectBuilder json =
                head(message).add("state", word(message.state())).add("runs", runs);
        end(json, message.error(), message.finish(), message.used());
        put(json, "created", time(message.created()));
        OffsetDateTime ended = message.ended();
        put(json, "ended", ended == null ? null : time(ended));
        return json.build();
    }

    /** What a message is and stays. */
    public static JsonObjectBuilder head(Message message) {
        JsonObjectBuilder json = JsonFactories.object()
                .add("message", message.id().toString())
                .add("sequence", message.sequence())
                .add("role", word(message.role()));
        put(json, "parent", message.parent() == null ? null : String.valueOf(message.parent()));
        put(json, "model", message.model());
        return json;
    }

    /** How a message ended. */
    public static void end(
            JsonObjectBuilder json, @Nullable CodedText error, @Nullable String finish, @Nullable TokenUsage used) {
        if (error != null) {
            json.add("problem", Messages.english().text(error)).add("problemCode", error.code());
        }
        put(json, "finish", finish);
        if (used != null) {
            json.add("inputTokens", used.input()).add("outputTokens", used.output());
            json.add("cachedTokens", used.cached()).add("reasoningTokens", used.reasoning());
            if (used.cost() != null) {
                json.add("cost", used.cost().stripTrailingZeros());
            }
        }
    }

    /** What a piece of text is for. */
    public static String tokenType(SegmentKind kind) {
        return switch (kind) {
            case REASONING -> "agentReasoning";
            case TEXT, NOTICE -> "finalResponse";
            case TOOL_CALL, TOOL_RESULT -> "toolResponse";
        };
    }

    /** A constant's name as it is written in JSON. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String time(OffsetDateTime time) {
        return DateTimeFormatter.ISO_INSTANT.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    private static void put(JsonObjectBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.add(name, value);
        }
    }
}
