package app.patter.provider.dialect;

import app.patter.chat.ChatMessage;
import app.patter.chat.ContentPart;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Google's Gemini.
 *
 * <p>Source: Gemini API reference, "Generating content" ({@code streamGenerateContent} with {@code alt=sse}), "Models",
 * "Function calling", "Thought signatures".
 */
public final class Gemini implements Dialect {

    private static final String NAME_PREFIX = "models/";

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public String ending() {
        return "/v1beta";
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        return key == null ? Map.of() : Map.of("x-goog-api-key", key);
    }

    @Override
    public String path(ChatRequest request) {
        String model = URLEncoder.encode(request.model(), StandardCharsets.UTF_8);
        return NAME_PREFIX + model + ":streamGenerateContent?alt=sse";
    }

    @Override
    public String listPath() {
        return "models?pageSize=1000";
    }

    /** Of the models that can chat; others make pictures or count. */
    @Override
    public List<String> names(String list) {
        return ModelList.read(list, "models", "name", Gemini::canChat).stream()
                .map(name -> name.startsWith(NAME_PREFIX) ? name.substring(NAME_PREFIX.length()) : name)
                .toList();
    }

    private static boolean canChat(JsonObject model) {
        JsonValue methods = model.get("supportedGenerationMethods");
        return methods == null || methods.toString().contains("\"generateContent\"");
    }

    @Override
    public AnswerParser parser(RequestContext context) {
        return new GeminiParser(context);
    }

    @Override
    public String body(ChatRequest request) {
        JsonArrayBuilder contents = Json.arrayBuilder();
        request.messagesWithContinue().stream()
                .filter(message -> message.role() != Role.SYSTEM && !message.isEmpty())
                .forEach(message -> contents.add(content(message)));
        JsonObjectBuilder body = Json.builder();
        String system = request.system();
        if (!system.isEmpty()) {
            body.add(
                    "systemInstruction",
                    Json.builder().add("parts", Json.arrayBuilder().add(text(system))));
        }
        body.add("contents", contents);
        if (!request.tools().isEmpty()) {
            body.add("tools", Json.arrayBuilder().add(Json.builder().add("functionDeclarations", tools(request))));
        }
        JsonObject how = generation(request);
        if (!how.isEmpty()) {
            body.add("generationConfig", how);
        }
        return body.build().toString();
    }

    private static JsonObject generation(ChatRequest request) {
        JsonObjectBuilder how = Json.builder();
        OpenAiChat.temperature(request, how);
        if (request.reasoning()) {
            JsonObjectBuilder thinking = Json.builder().add("includeThoughts", true);
            switch (request.parameters().effort()) {
                case LOW -> thinking.add("thinkingBudget", 1_024);
                case MEDIUM -> thinking.add("thinkingBudget", 8_192);
                case HIGH -> thinking.add("thinkingBudget", 24_576);
                case UNASKED, ON -> {
                    // the model decides
                }
            }
            how.add("thinkingConfig", thinking);
        }
        return how.build();
    }

    private static JsonArrayBuilder tools(ChatRequest request) {
        JsonArrayBuilder tools = Json.arrayBuilder();
        for (ToolSpec tool : request.tools()) {
            tools.add(Json.builder()
                    .add("name", tool.name())
                    .add("description", tool.description())
                    .add("parametersJsonSchema", ToolSchema.of(tool)));
        }
        return tools;
    }

    private static JsonObjectBuilder content(ChatMessage message) {
        ProviderMessage original = message.original();
        if (original != null) {
            return Json.builder(Json.objectOrEmpty(original.json()));
        }
        JsonArrayBuilder parts = Json.arrayBuilder();
        for (ContentPart part : message.parts()) {
            JsonObject shown = part.as(said -> text(said.text()));
            parts.add(shown);
        }
        for (ToolCall call : message.calls()) {
            JsonObjectBuilder made = Json.builder().add("name", call.name());
            made.add("args", Json.objectOrEmpty(call.arguments()));
            parts.add(Json.builder().add("functionCall", withId(call.id(), made)));
        }
        for (ToolResult result : message.results()) {
            JsonObjectBuilder response = Json.builder().add(result.failed() ? "error" : "result", result.text());
            JsonObjectBuilder made = Json.builder().add("name", result.name()).add("response", response);
            parts.add(Json.builder().add("functionResponse", withId(result.call(), made)));
        }
        return Json.builder()
                .add("role", message.role() == Role.ASSISTANT ? "model" : "user")
                .add("parts", parts);
    }

    private static JsonObjectBuilder withId(String id, JsonObjectBuilder made) {
        return ToolCall.isMadeUp(id) ? made : made.add("id", id);
    }

    private static JsonObject text(String text) {
        return Json.builder().add("text", text).build();
    }
}
