package app.patter.provider.dialect;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.ToolCall;
import app.patter.json.Json;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.Dialect;
import app.patter.provider.ReasoningEffort;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * Ollama's own API. Goes on from the text of a last turn that is the assistant's by itself.
 *
 * <p>Source: Ollama API reference, "Generate a chat message" and "List models".
 */
final class Ollama implements Dialect {

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public String ending() {
        return "/api";
    }

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public String path(ChatRequest request) {
        return "chat";
    }

    @Override
    public String listPath() {
        return "tags";
    }

    @Override
    public List<String> names(String list) {
        return ModelList.read(list, "models", "name");
    }

    @Override
    public AnswerParser parser(RequestContext context) {
        return new OllamaParser(context);
    }

    @Override
    public String body(ChatRequest request) {
        JsonArrayBuilder messages = Json.arrayBuilder();
        request.messages().forEach(message -> add(message, messages));
        JsonObjectBuilder body =
                Json.builder().add("model", request.model()).add("stream", true).add("messages", messages);
        ReasoningEffort effort = request.parameters().effort();
        if (effort.measured()) {
            body.add("think", effort.word());
        } else if (effort.asks()) {
            body.add("think", true);
        }
        JsonObject options = options(request);
        if (!options.isEmpty()) {
            body.add("options", options);
        }
        if (!request.tools().isEmpty()) {
            body.add("tools", OpenAiChat.tools(request));
        }
        return body.build().toString();
    }

    /** Ollama reserves room for the context, by default less than models can use. */
    private static JsonObject options(ChatRequest request) {
        JsonObjectBuilder options = Json.builder();
        OpenAiChat.temperature(request, options);
        Long context = request.parameters().contextSize();
        if (context != null) {
            options.add("num_ctx", context);
        }
        return options.build();
    }

    private static void add(ChatMessage message, JsonArrayBuilder messages) {
        ProviderMessage original = message.original();
        if (original != null) {
            messages.add(Json.objectOrEmpty(original.json()));
            return;
        }
        switch (message.role()) {
            case SYSTEM -> messages.add(message("system", message));
            case USER -> messages.add(message("user", message));
            case ASSISTANT -> messages.add(assistant(message));
            case TOOL ->
                message.results()
                        .forEach(result -> messages.add(Json.builder()
                                .add("role", "tool")
                                .add("tool_name", result.name())
                                .add("content", result.text())));
        }
    }

    private static JsonObjectBuilder message(String role, ChatMessage message) {
        return Json.builder().add("role", role).add("content", message.text());
    }

    private static JsonObjectBuilder assistant(ChatMessage turn) {
        JsonArrayBuilder calls = Json.arrayBuilder();
        for (ToolCall call : turn.calls()) {
            JsonObjectBuilder function = Json.builder().add("name", call.name());
            function.add("arguments", Json.objectOrEmpty(call.arguments()));
            calls.add(Json.builder().add("function", function));
        }
        JsonObjectBuilder message = message("assistant", turn);
        return turn.calls().isEmpty() ? message : message.add("tool_calls", calls);
    }
}
