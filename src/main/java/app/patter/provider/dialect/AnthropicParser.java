package app.patter.provider.dialect;

import app.patter.json.Json;
import app.patter.json.JsonMatcher;
import app.patter.json.JsonPattern;
import app.patter.provider.Delta;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of an Anthropic message.
 *
 * <p>Source: Anthropic API reference, "Streaming messages". Blocks have an index and come one after the other; those that
 * are neither text nor a call of our tools (thinking, searches made by the provider) are kept as they are. Counts of
 * tokens are running totals. What was read from or written to the cache is not part of {@code input_tokens}. Servers that
 * imitate the API leave out starts and stops of blocks, or begin several at one index.
 */
public final class AnthropicParser extends JsonAnswerParser {

    private static final int TEXT = 0;
    private static final int THINKING = 1;
    private static final int INPUT = 2;
    private static final int INDEX = 0;

    /** An event with a piece of text, thinking or arguments. */
    public static final JsonPattern PLAIN = JsonPattern.object(JsonPattern.anything())
            .needs("type", JsonPattern.exactly("\"content_block_delta\""))
            .may("index", JsonPattern.number(INDEX))
            .may(
                    "delta",
                    JsonPattern.object(JsonPattern.never())
                            .may("type", JsonPattern.anything())
                            .may("text", JsonPattern.text(TEXT))
                            .may("thinking", JsonPattern.text(THINKING))
                            .may("partial_json", JsonPattern.text(INPUT)));

    private final JsonMatcher matcher = new JsonMatcher(PLAIN);

    /** All blocks in the order in which they began, and the last one at each index. */
    private final List<Block> all = new ArrayList<>();

    private final Map<Long, Block> blocks = new HashMap<>();
    private JsonObject counts = JsonValue.EMPTY_JSON_OBJECT;

    AnthropicParser(RequestContext context) {
        super(context);
    }

    @Override
    boolean quickly(String data, Consumer<Delta> out) {
        boolean plain = matcher.takes(data);
        if (plain) {
            plain(matcher, out);
        }
        return plain;
    }

    /** Takes a plain event, by itself or in something that surrounds it. */
    void plain(JsonMatcher event, Consumer<Delta> out) {
        String thought = event.text(THINKING);
        Block block = block(event.number(INDEX), thought.isEmpty() ? "text" : "thinking", out);
        block.grow(event.text(TEXT), thought, event.text(INPUT), out);
    }

    @Override
    public void event(JsonObject event, Consumer<Delta> out) {
        switch (Json.text(event, "type")) {
            case "message_start" -> {
                JsonObject message = Json.object(event, "message");
                count(Json.object(message, "usage"));
                Json.objects(message, "content").forEach(block -> start(all.size(), block, out));
            }
            case "content_block_start" -> start(Json.number(event, "index"), Json.object(event, "content_block"), out);
            case "content_block_delta" -> {
                JsonObject delta = Json.object(event, "delta");
                String type = Thoughts.in(delta).isEmpty() ? "text" : "thinking";
                block(Json.number(event, "index"), type, out).delta(delta, out);
            }
            case "content_block_stop" -> stop(Json.number(event, "index"), out);
            case "message_delta" -> {
                count(Json.object(event, "usage"));
                finish(Json.text(Json.object(event, "delta"), "stop_reason"));
                if (isComplete()) {
                    stopAll(out);
                }
            }
            case "message_stop" -> {
                stopAll(out);
                finish(isComplete() ? "" : "end_turn");
                end(out);
            }
            case "message" -> message(event, out); // a server that ignores stream:true
            default -> failIfError(event, out); // ping and whatever they add hold none
        }
    }

    /** Takes a message that came whole. */
    void message(JsonObject message, Consumer<Delta> out) {
        for (JsonObject block : Json.objects(message, "content")) {
            long index = all.size();
            start(index, block, out);
            stop(index, out);
        }
        count(Json.object(message, "usage"));
        finish(Json.text(message, "stop_reason"));
    }

    private Block start(long index, JsonObject start, Consumer<Delta> out) {
        Block block = new Block(index, start);
        all.add(block);
        blocks.put(index, block);
        block.begin(out);
        return block;
    }

    /** The block at an index; a new one if none has begun there. */
    private Block block(long index, String type, Consumer<Delta> out) {
        Block block = blocks.get(index);
        return block == null ? start(index, Json.builder().add("type", type).build(), out) : block;
    }

    private void stop(long index, Consumer<Delta> out) {
        Block block = blocks.get(index);
        if (block != null) {
            block.stop(out);
        }
    }

    private void stopAll(Consumer<Delta> out) {
        flush(out);
        all.forEach(block -> block.stop(out));
    }

    private void count(JsonObject more) {
        JsonObjectBuilder all = Json.builder(counts);
        more.forEach((name, value) -> {
            if (!value.equals(JsonValue.NULL)) {
                all.add(name, value);
            }
        });
        counts = all.build();
        long cached = Json.number(counts, "cache_read_input_tokens");
        long input = Json.number(counts, "input_tokens") + cached + Json.number(counts, "cache_creation_input_tokens");
        used(input, Json.number(counts, "output_tokens"), cached, 0);
    }

    @Override
    @Nullable
    JsonValue own() {
        if (all.stream().noneMatch(block -> block.stopped && block.isSpecial())) {
            return null;
        }
        JsonArrayBuilder content = Json.arrayBuilder();
        all.stream().filter(block -> block.stopped).forEach(block -> content.add(block.whole()));
        return content.build();
    }

    /** A part of the message. */
    private final class Block {

        private final JsonObject start;
        private final String type;
        private final ToolCalls.@Nullable Call call;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder signature = new StringBuilder();
        private final StringBuilder input = new StringBuilder();
        private final JsonArrayBuilder citations = Json.arrayBuilder();
        private boolean stopped;

        Block(long index, JsonObject start) {
            this.start = start;
            this.type = Json.text(start, "type");
            this.call = type.equals("tool_use") ? calls.begin(index) : null;
        }

        void begin(Consumer<Delta> out) {
            if (call != null) {
                said.interrupt(out);
                call.named(Json.text(start, "id"), Json.text(start, "name"), out);
            }
            say(Json.text(start, "text"), out);
            think(Json.text(start, "thinking"), out);
            signature.append(Json.text(start, "signature"));
        }

        void delta(JsonObject delta, Consumer<Delta> out) {
            grow(Json.text(delta, "text"), Thoughts.in(delta), Json.text(delta, "partial_json"), out);
            signature.append(Json.text(delta, "signature"));
            if (delta.containsKey("citation")) {
                citations.add(delta.get("citation"));
            }
        }

        void grow(String said, String thought, String json, Consumer<Delta> out) {
            say(said, out);
            think(thought, out);
            input.append(json);
            if (call != null) {
                call.more(json, out);
            }
        }

        private void say(String piece, Consumer<Delta> out) {
            text.append(piece);
            if (type.equals("text")) {
                AnthropicParser.this.text(piece, out);
            }
        }

        private void think(String piece, Consumer<Delta> out) {
            text.append(piece);
            reasoning(piece, out);
        }

        void stop(Consumer<Delta> out) {
            if (stopped) {
                return;
            }
            stopped = true;
            if (call != null) {
                if (input.isEmpty()) { // it stood in the start already
                    call.more(ToolCalls.arguments(start, "input"), out);
                }
                call.ready(out);
            }
        }

        boolean isSpecial() {
            return !type.equals("text") && !type.equals("tool_use");
        }

        JsonObject whole() {
            JsonObjectBuilder whole = Json.builder(start);
            switch (type) {
                case "text" -> {
                    whole.add("text", text.toString());
                    var cited = citations.build();
                    if (!cited.isEmpty()) {
                        whole.add("citations", cited);
                    }
                }
                case "thinking" -> whole.add("thinking", text.toString()).add("signature", signature.toString());
                default -> {
                    if (!input.isEmpty()) {
                        whole.add("input", Json.objectOrEmpty(input.toString()));
                    }
                }
            }
            return whole.build();
        }
    }
}
