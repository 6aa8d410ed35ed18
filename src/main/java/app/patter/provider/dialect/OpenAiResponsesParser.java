package app.patter.provider.dialect;

import app.patter.json.Json;
import app.patter.provider.Delta;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of an OpenAI response.
 *
 * <p>Source: OpenAI API reference, "Responses", "Streaming events". The deltas are shown; of the complete texts, items and
 * the response that follow them only what has not come in deltas, for some servers send nothing else.
 */
final class OpenAiResponsesParser extends JsonAnswerParser {

    private final Map<Long, JsonObject> items = new TreeMap<>();

    /** Items of which text, or reasoning, was shown. */
    private final Set<Long> shown = new HashSet<>();

    private final Set<Long> reasoned = new HashSet<>();

    OpenAiResponsesParser(RequestContext context) {
        super(context);
    }

    @Override
    public void event(JsonObject event, Consumer<Delta> out) {
        long index = Json.number(event, "output_index");
        switch (Json.text(event, "type")) {
            case "response.output_text.delta", "response.refusal.delta" -> say(index, Json.text(event, "delta"), out);
            case "response.output_text.done" -> sayOnce(index, Json.text(event, "text"), out);
            case "response.refusal.done" -> sayOnce(index, Json.text(event, "refusal"), out);
            case "response.reasoning_summary_text.delta",
                    "response.reasoning_text.delta",
                    "response.reasoning_summary.delta",
                    "response.reasoning.delta" -> think(index, Json.text(event, "delta"), out);
            case "response.reasoning_summary_part.added" -> {
                if (Json.number(event, "summary_index") > 0) {
                    reasoning("\n\n", out);
                }
            }
            case "response.output_item.added" -> begin(index, Json.object(event, "item"), out);
            case "response.function_call_arguments.delta" -> {
                String piece = Json.text(event, "delta");
                calls.at(index, "", "", piece).more(piece, out);
            }
            case "response.output_item.done" -> complete(index, Json.object(event, "item"), out);
            case "response.completed", "response.done" -> end(Json.object(event, "response"), "completed", out);
            case "response.incomplete" -> end(Json.object(event, "response"), "incomplete", out);
            case "response.failed", "response.cancelled" -> end(Json.object(event, "response"), "failed", out);
            default -> {
                if (Json.text(event, "object").equals("response")) { // a server that ignores stream:true
                    end(event, "completed", out);
                } else {
                    failIfError(event, out);
                }
            }
        }
    }

    private void say(long index, String piece, Consumer<Delta> out) {
        if (!piece.isEmpty()) {
            shown.add(index);
        }
        text(piece, out);
    }

    private void sayOnce(long index, String whole, Consumer<Delta> out) {
        if (!shown.contains(index)) {
            say(index, whole, out);
        }
    }

    private void think(long index, String piece, Consumer<Delta> out) {
        if (!piece.isEmpty()) {
            reasoned.add(index);
        }
        reasoning(piece, out);
    }

    private void begin(long index, JsonObject item, Consumer<Delta> out) {
        if (isCall(item)) {
            String id = Json.text(item, "call_id");
            said.interrupt(out);
            calls.at(index, id, "", "").named(id, Json.text(item, "name"), out);
        }
    }

    /** An item has come whole; what of it was not shown is shown now. */
    private void complete(long index, JsonObject item, Consumer<Delta> out) {
        items.put(index, sendable(item));
        if (isCall(item)) {
            begin(index, item, out);
            ToolCalls.Call call = calls.at(index, "", "", "");
            if (!call.hasArguments()) {
                call.more(ToolCalls.arguments(item, "arguments"), out);
            }
            call.ready(out);
        } else if (Json.text(item, "type").equals("reasoning")) {
            if (!reasoned.contains(index)) {
                String thought = text(item, "summary");
                think(index, thought.isEmpty() ? text(item, "content") : thought, out);
            }
        } else {
            sayOnce(index, text(item, "content"), out);
        }
    }

    private static String text(JsonObject item, String name) {
        StringBuilder text = new StringBuilder();
        Json.objects(item, name)
                .forEach(part -> text.append(Json.text(part, "text")).append(Json.text(part, "refusal")));
        return text.toString();
    }

    /** The item as it may go back: no provider takes broken arguments. */
    private static JsonObject sendable(JsonObject item) {
        return isCall(item)
                ? Json.builder(item)
                        .add("arguments", ToolCalls.sendable(ToolCalls.arguments(item, "arguments")))
                        .build()
                : item;
    }

    private static boolean isCall(JsonObject item) {
        return Json.text(item, "type").equals("function_call");
    }

    private void end(JsonObject response, String usual, Consumer<Delta> out) {
        String given = Json.text(response, "status");
        String status = given.isEmpty() || given.equals("in_progress") ? usual : given;
        if (status.equals("failed") || status.equals("cancelled")) {
            JsonObject error = Json.object(response, "error");
            fail(error.isEmpty() ? response : error, out);
            return;
        }
        List<JsonObject> output = Json.objects(response, "output");
        if (items.isEmpty()) { // else each of them has come by itself
            for (int at = 0; at < output.size(); at++) {
                complete(at, output.get(at), out);
            }
        }
        if (said.isEmpty() && output.isEmpty()) {
            text(Json.text(response, "output_text"), out);
        }
        JsonObject usage = Json.object(response, "usage");
        if (!usage.isEmpty()) {
            used(
                    Json.number(usage, "input_tokens"),
                    Json.number(usage, "output_tokens"),
                    Json.number(Json.object(usage, "input_tokens_details"), "cached_tokens"),
                    Json.number(Json.object(usage, "output_tokens_details"), "reasoning_tokens"));
        }
        String reason = Json.text(Json.object(response, "incomplete_details"), "reason");
        finish(status.equals("incomplete") && !reason.isEmpty() ? reason : status);
        end(out);
    }

    /** Nothing is stored there, so reasoning that is not encrypted into its item cannot be referred to. */
    @Override
    @Nullable
    JsonValue own() {
        boolean special = false;
        JsonArrayBuilder original = Json.arrayBuilder();
        for (JsonObject item : items.values()) {
            String type = Json.text(item, "type");
            if (type.equals("reasoning") && Json.text(item, "encrypted_content").isEmpty()) {
                return null;
            }
            special |= !type.equals("message") && !type.equals("function_call");
            original.add(item);
        }
        return special ? original.build() : null;
    }
}
