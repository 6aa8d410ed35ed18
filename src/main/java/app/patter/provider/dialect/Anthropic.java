package app.patter.provider.dialect;

import app.patter.chat.ChatMessage;
import app.patter.chat.ContentPart;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolSpec;
import app.patter.json.Json;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.Dialect;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's messages.
 *
 * <p>Source: Anthropic API reference, "Create a message", "Prompt caching", "Extended thinking". The prompt is marked for
 * caching after the tools and the system prompt, and after the last turn: the next question then pays for what is new.
 * A text that ends with the assistant's is not gone on from by newer models, so they are asked in words.
 */
public final class Anthropic implements Dialect {

    private static final String VERSION = "2023-06-01";

    /** The API wants a bound; this is the highest that no current model refuses. */
    private static final int LONGEST_ANSWER = 8192;

    private static final int LONGEST_THOUGHT = 8192;
    private static final int SHORT_THOUGHT = 2048;
    private static final int LONG_THOUGHT = 16_384;

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public String ending() {
        return "/v1";
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        return key == null
                ? Map.of("anthropic-version", VERSION)
                : Map.of("anthropic-version", VERSION, "x-api-key", key);
    }

    @Override
    public String path(ChatRequest request) {
        return "messages";
    }

    @Override
    public String listPath() {
        return "models?limit=1000";
    }

    @Override
    public AnswerParser parser(RequestContext context) {
        return new AnthropicParser(context);
    }

    @Override
    public String body(ChatRequest request) {
        boolean thinks = mayThink(request);
        JsonObjectBuilder body = Json.builder()
                .add("model", request.model())
                .add("max_tokens", LONGEST_ANSWER + (thinks ? longestThought(request) : 0))
                .add("stream", true);
        if (thinks) { // with which the API takes no temperature
            body.add("thinking", Json.builder().add("type", "enabled").add("budget_tokens", longestThought(request)));
        } else {
            OpenAiChat.temperature(request, body);
        }
        if (!request.tools().isEmpty()) {
            body.add("tools", tools(request));
        }
        String system = request.system();
        if (!system.isEmpty()) {
            body.add("system", Json.arrayBuilder().add(marked(text(system))));
        }
        return body.add("messages", messages(request)).build().toString();
    }

    private static int longestThought(ChatRequest request) {
        return switch (request.parameters().effort()) {
            case LOW -> SHORT_THOUGHT;
            case HIGH -> LONG_THOUGHT;
            case UNASKED, ON, MEDIUM -> LONGEST_THOUGHT;
        };
    }

    /** In the middle of calling tools the API takes no turn that did not begin with thinking, such as another model's. */
    private static boolean mayThink(ChatRequest request) {
        boolean may = request.reasoning();
        for (ChatMessage message : request.messages()) {
            if (message.role() == Role.USER) {
                may = request.reasoning();
            } else if (!message.calls().isEmpty()) {
                may &= beginsWithThinking(message.original());
            }
        }
        return may;
    }

    private static boolean beginsWithThinking(@Nullable ProviderMessage original) {
        return original != null
                && Json.objects(Json.arrayOrEmpty(original.json())).stream()
                        .limit(1)
                        .anyMatch(block -> Json.text(block, "type").endsWith("thinking"));
    }

    private static JsonArrayBuilder tools(ChatRequest request) {
        JsonArrayBuilder tools = Json.arrayBuilder();
        int last = request.tools().size() - 1;
        for (int i = 0; i <= last; i++) {
            ToolSpec tool = request.tools().get(i);
            JsonObject described = Json.builder()
                    .add("name", tool.name())
                    .add("description", tool.description())
                    .add("input_schema", ToolSchema.of(tool))
                    .build();
            tools.add(i == last ? marked(described) : described);
        }
        return tools;
    }

    static JsonArrayBuilder messages(ChatRequest request) {
        List<ChatMessage> sent = new ArrayList<>(request.messagesWithContinue());
        sent.removeIf(message -> message.role() == Role.SYSTEM);
        JsonArrayBuilder messages = Json.arrayBuilder();
        for (int i = 0; i < sent.size(); i++) {
            ChatMessage message = sent.get(i);
            List<JsonValue> content = content(message);
            int last = content.size() - 1;
            if (i == sent.size() - 1 && last >= 0 && content.get(last) instanceof JsonObject block) {
                content.set(last, marked(block));
            }
            if (last >= 0) {
                JsonArrayBuilder blocks = Json.arrayBuilder();
                content.forEach(blocks::add);
                messages.add(Json.builder()
                        .add("role", message.role() == Role.ASSISTANT ? "assistant" : "user")
                        .add("content", blocks));
            }
        }
        return messages;
    }

    private static List<JsonValue> content(ChatMessage message) {
        ProviderMessage original = message.original();
        if (original != null) {
            return new ArrayList<>(Json.arrayOrEmpty(original.json()));
        }
        List<JsonValue> content = new ArrayList<>();
        message.parts().forEach(part -> content.addAll(part.as(Anthropic::blocks)));
        message.calls()
                .forEach(call -> content.add(Json.builder()
                        .add("type", "tool_use")
                        .add("id", call.id())
                        .add("name", call.name())
                        .add("input", Json.objectOrEmpty(call.arguments()))
                        .build()));
        message.results()
                .forEach(result -> content.add(Json.builder()
                        .add("type", "tool_result")
                        .add("tool_use_id", result.call())
                        .add("content", result.text())
                        .add("is_error", result.failed())
                        .build()));
        return content;
    }

    /** The API refuses blank blocks. */
    private static List<JsonObject> blocks(ContentPart.Text part) {
        return part.text().isBlank() ? List.of() : List.of(text(part.text()));
    }

    private static JsonObject text(String text) {
        return Json.builder().add("type", "text").add("text", text).build();
    }

    private static JsonObject marked(JsonObject block) {
        return Json.builder(block)
                .add("cache_control", Json.builder().add("type", "ephemeral"))
                .build();
    }
}
