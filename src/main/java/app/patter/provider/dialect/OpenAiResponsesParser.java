package app.patter.provider.dialect;

import app.patter.json.Json;
import app.patter.provider.Delta;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of an OpenAI response.
 *
 * <p>Source: OpenAI API reference, "Responses", "Streaming events". Only the deltas are shown; the complete text that
 * follows them is not, nor is the complete response at the end.
 */
final class OpenAiResponsesParser extends JsonAnswerParser {

    private final Map<Long, JsonObject> items = new TreeMap<>();

    OpenAiResponsesParser(RequestContext context) {
        super(context);
    }

    @Override
    public void event(JsonObject event, Consumer<Delta> out) {
        long index = Json.number(event, "output_index");
        switch (Json.text(event, "type")) {
            case "response.output_text.delta", "response.refusal.delta" -> text(Json.text(event, "delta"), out);
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                reasoning(Json.text(event, "delta"), out);
            case "response.reasoning_summary_part.added" -> {
                if (Json.number(event, "summary_index") > 0) {
                    reasoning("\n\n", out);
                }
            }
            case "response.output_item.added" -> begin(index, Json.object(event, "item"), out);
            case "response.function_call_arguments.delta" ->
                calls.at(index, "", "").more(Json.text(event, "delta"), out);
            case "response.output_item.done" -> complete(index, Json.object(event, "item"), out);
            case "response.completed", "response.incomplete", "response.failed" ->
                end(Json.object(event, "response"), out);
            case "error" -> fail(event, out);
            default -> {
                if (Json.text(event, "object").equals("response")) { // a server that ignores stream:true
                    whole(event, out);
                } else {
                    failIfError(event, out);
                }
            }
        }
    }

    private void begin(long index, JsonObject item, Consumer<Delta> out) {
        if (isCall(item)) {
            String id = Json.text(item, "call_id");
            calls.at(index, id, "").named(id, Json.text(item, "name"), out);
        }
    }

    private void complete(long index, JsonObject item, Consumer<Delta> out) {
        items.put(index, item);
        if (isCall(item)) {
            begin(index, item, out);
            ToolCalls.Call call = calls.at(index, "", "");
            if (!call.hasArguments()) {
                call.more(Json.text(item, "arguments"), out);
            }
            call.ready(out);
        }
    }

    private static boolean isCall(JsonObject item) {
        return Json.text(item, "type").equals("function_call");
    }

    private void whole(JsonObject response, Consumer<Delta> out) {
        for (JsonObject item : Json.objects(response, "output")) {
            Json.objects(item, "summary").forEach(part -> reasoning(Json.text(part, "text"), out));
            if (!Json.text(item, "type").equals("reasoning")) {
                Json.objects(item, "content")
                        .forEach(part -> text(Json.text(part, "text") + Json.text(part, "refusal"), out));
            }
            complete(items.size(), item, out);
        }
        end(response, out);
    }

    private void end(JsonObject response, Consumer<Delta> out) {
        JsonObject usage = Json.object(response, "usage");
        if (!usage.isEmpty()) {
            used(
                    Json.number(usage, "input_tokens"),
                    Json.number(usage, "output_tokens"),
                    Json.number(Json.object(usage, "input_tokens_details"), "cached_tokens"),
                    Json.number(Json.object(usage, "output_tokens_details"), "reasoning_tokens"));
        }
        switch (Json.text(response, "status")) {
            case "completed" -> finish("completed");
            case "incomplete" -> {
                String reason = Json.text(Json.object(response, "incomplete_details"), "reason");
                finish(reason.isEmpty() ? "incomplete" : reason);
            }
            default -> {
                fail(Json.object(response, "error"), out);
                return;
            }
        }
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
