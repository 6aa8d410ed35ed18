package app.patter.provider.dialect;

import app.patter.chat.ToolResult;
import app.patter.json.Json;
import app.patter.json.JsonMatcher;
import app.patter.json.JsonPattern;
import app.patter.provider.Delta;
import app.patter.provider.RequestContext;
import app.patter.provider.SurrogateJoiner;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads the lines of an agent.
 *
 * <p>Source: Claude Code, "Headless mode" and "Agent SDK", message types. {@code stream_event} lines carry Anthropic's
 * events while a message is being written; {@code assistant} lines carry messages, or blocks of them, as soon as they are
 * complete, also those that have streamed: what was shown by one is not shown again by the other. {@code user} lines
 * carry the results of tools. Lines with a {@code parent_tool_use_id} are a sub-agent's. {@code result} is the end.
 */
public final class AgentParser extends JsonAnswerParser {

    private static final int PARENT = 3;

    /** A line with a plain event of Anthropic's. */
    public static final JsonPattern PLAIN = JsonPattern.object(JsonPattern.anything())
            .needs("type", JsonPattern.exactly("\"stream_event\""))
            .needs("event", AnthropicParser.PLAIN)
            .may("parent_tool_use_id", JsonPattern.textOrNull(PARENT));

    private final JsonMatcher matcher = new JsonMatcher(PLAIN);

    /** The agent itself under the empty name, and its sub-agents by the call that they work for. */
    private final Map<String, Speaker> speakers = new HashMap<>();

    /** Names of the tools called, by the id of the call. */
    private final Map<String, String> names = new HashMap<>();

    /** Whether any of them has said or done anything. */
    private boolean spoke;

    AgentParser(RequestContext context) {
        super(context);
    }

    @Override
    boolean quickly(String data, Consumer<Delta> out) {
        boolean plain = matcher.takes(data);
        if (plain) {
            String parent = matcher.text(PARENT);
            speaker(parent).streams(matcher, from(parent, out));
        }
        return plain;
    }

    @Override
    public void event(JsonObject line, Consumer<Delta> out) {
        String parent = Json.text(line, "parent_tool_use_id");
        Consumer<Delta> to = from(parent, out);
        switch (Json.text(line, "type")) {
            case "stream_event" -> speaker(parent).streams(Json.object(line, "event"), to);
            case "assistant" -> speaker(parent).says(Json.object(line, "message"), to);
            case "user" -> speaker(parent).hears(Json.object(line, "message"), to);
            case "result" -> result(line, out);
            default -> failIfError(line, out); // system, control and whatever they add are none
        }
    }

    @Override
    boolean hasAnswered() {
        return spoke || super.hasAnswered();
    }

    @Override
    void flush(Consumer<Delta> out) {
        speakers.forEach((parent, speaker) -> speaker.flush(from(parent, out)));
        super.flush(out);
    }

    private static Consumer<Delta> from(String parent, Consumer<Delta> out) {
        return parent.isEmpty() ? out : delta -> out.accept(new Delta.SubagentDelta(parent, delta));
    }

    private Speaker speaker(String parent) {
        return speakers.computeIfAbsent(parent, key -> new Speaker());
    }

    private void result(JsonObject line, Consumer<Delta> out) {
        JsonObject usage = Json.object(line, "usage");
        if (!usage.isEmpty()) {
            long cached = Json.number(usage, "cache_read_input_tokens");
            long input =
                    Json.number(usage, "input_tokens") + cached + Json.number(usage, "cache_creation_input_tokens");
            used(input, Json.number(usage, "output_tokens"), cached, 0);
        }
        String subtype = Json.text(line, "subtype");
        if (Json.is(line, "is_error")) {
            String said = Json.text(line, "result");
            fail(Json.builder().add("message", said.isEmpty() ? subtype : said).build(), out);
            return;
        }
        finish(subtype.isEmpty() ? "success" : subtype);
        if (speakers.isEmpty()) { // an agent that tells nothing but its result
            text(Json.text(line, "result"), out);
        }
        end(out);
    }

    /** What one agent has said so far. */
    private final class Speaker {

        private final Set<String> streamed = new HashSet<>();
        private final Set<String> shown = new HashSet<>();
        private AnthropicParser message = new AnthropicParser(context);
        private String streaming = "";
        private boolean begun;

        void streams(JsonMatcher event, Consumer<Delta> out) {
            begins();
            message.plain(event, delta -> passOn(delta, out));
        }

        void streams(JsonObject event, Consumer<Delta> out) {
            switch (Json.text(event, "type")) {
                case "message_start" -> {
                    flush(out);
                    message = new AnthropicParser(context);
                    streaming = Json.text(Json.object(event, "message"), "id");
                    begun = false;
                }
                case "content_block_start", "content_block_delta" -> begins();
                default -> {
                    // belongs to what has begun
                }
            }
            message.event(event, delta -> passOn(delta, out));
        }

        void flush(Consumer<Delta> out) {
            message.flush(delta -> passOn(delta, out));
        }

        private void begins() {
            if (!begun) {
                begun = true;
                streamed.add(streaming);
            }
        }

        void says(JsonObject complete, Consumer<Delta> out) {
            String id = Json.text(complete, "id");
            if (!id.isEmpty() && streamed.contains(id)) {
                return;
            }
            for (JsonObject block : Json.objects(complete, "content")) {
                if (id.isEmpty() || shown.add(id + block)) {
                    JsonObject alone = Json.builder()
                            .add("content", Json.arrayBuilder().add(block))
                            .build();
                    AnthropicParser whole = new AnthropicParser(context);
                    whole.message(alone, delta -> passOn(delta, out));
                    whole.flush(delta -> passOn(delta, out));
                }
            }
        }

        void hears(JsonObject results, Consumer<Delta> out) {
            for (JsonObject block : Json.objects(results, "content")) {
                String id = Json.text(block, "tool_use_id");
                if (Json.text(block, "type").equals("tool_result") && shown.add("result " + id)) {
                    out.accept(new Delta.ToolAnswered(
                            new ToolResult(id, names.getOrDefault(id, ""), said(block), Json.is(block, "is_error"))));
                }
            }
        }

        /** One message is not the end, nor does its count matter: the result has the sum. */
        private void passOn(Delta delta, Consumer<Delta> out) {
            boolean inner = delta instanceof Delta.Finished
                    || delta instanceof Delta.Failed
                    || delta instanceof Delta.Usage
                    || delta instanceof Delta.Original;
            if (delta instanceof Delta.ToolStarted started) {
                names.put(started.id(), started.name());
            }
            if (!inner) {
                spoke = true;
                out.accept(delta);
            }
        }
    }

    private static String said(JsonObject result) {
        if (result.get("content") instanceof JsonString text) {
            return SurrogateJoiner.of(text.getString());
        }
        return result.get("content") instanceof JsonArray parts
                ? Json.objects(parts).stream()
                        .map(part -> SurrogateJoiner.of(Json.text(part, "text")))
                        .collect(Collectors.joining("\n"))
                : "";
    }
}
