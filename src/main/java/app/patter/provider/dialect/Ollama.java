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
    public String speaker() {
        return "an Ollama server";
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
    public String path(ChatRequest prompt) {
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
    public AnswerParser parser(RequestContext asked) {
        return new OllamaParser(asked);
    }

    @Override
    public String body(ChatRequest prompt) {
        JsonArrayBuilder messages = Json.arrayBuilder();
        prompt.turns().forEach(turn -> add(turn, messages));
        JsonObjectBuilder body =
                Json.builder().add("model", prompt.model()).add("stream", true).add("messages", messages);
        ReasoningEffort effort = prompt.parameters().effort();
        if (effort.measured()) {
            body.add("think", effort.word());
        } else if (effort.asks()) {
            body.add("think", true);
        }
        JsonObject options = options(prompt);
        if (!options.isEmpty()) {
            body.add("options", options);
        }
        if (!prompt.tools().isEmpty()) {
            body.add("tools", OpenAiChat.tools(prompt));
        }
        return body.build().toString();
    }

    /** Ollama reserves room for the context, by default less than models can use. */
    private static JsonObject options(ChatRequest prompt) {
        JsonObjectBuilder options = Json.builder();
        OpenAiChat.temperature(prompt, options);
        Long context = prompt.parameters().contextSize();
        if (context != null) {
            options.add("num_ctx", context);
        }
        return options.build();
    }

    private static void add(ChatMessage turn, JsonArrayBuilder messages) {
        ProviderMessage own = turn.own();
        if (own != null) {
            messages.add(Json.objectOrEmpty(own.json()));
            return;
        }
        switch (turn.role()) {
            case SYSTEM -> messages.add(message("system", turn));
            case USER -> messages.add(message("user", turn));
            case ASSISTANT -> messages.add(assistant(turn));
            case TOOL ->
                turn.results()
                        .forEach(result -> messages.add(Json.builder()
                                .add("role", "tool")
                                .add("tool_name", result.name())
                                .add("content", result.text())));
        }
    }

    private static JsonObjectBuilder message(String role, ChatMessage turn) {
        return Json.builder().add("role", role).add("content", turn.text());
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
