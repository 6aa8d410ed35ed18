package app.patter.provider.dialect;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolSpec;
import app.patter.json.Json;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.Dialect;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.List;

/**
 * OpenAI's chat completions, which most model servers speak.
 *
 * <p>Source: OpenAI API reference, "Create chat completion".
 */
public record OpenAiChat(Continuation continuation) implements Dialect {

    /** How a server is told to go on from the text of a last turn that is the assistant's. */
    public enum Continuation {
        /** It does so by itself (Ollama, llama.cpp). */
        NATIVE,
        /** It wants two flags (vLLM). */
        FLAGS,
        /** It would begin a new answer, so it is asked in words (OpenAI and everything unknown). */
        WORDS
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String ending() {
        return "/v1";
    }

    @Override
    public String path(ChatRequest request) {
        return "chat/completions";
    }

    @Override
    public AnswerParser parser(RequestContext context) {
        return new OpenAiChatParser(context);
    }

    @Override
    public String body(ChatRequest request) {
        List<ChatMessage> sent =
                continuation == Continuation.WORDS ? request.messagesWithContinue() : request.messages();
        JsonArrayBuilder messages = Json.arrayBuilder();
        sent.forEach(message -> add(message, messages));
        JsonObjectBuilder body = Json.builder()
                .add("model", request.model())
                .add("stream", true)
                .add("stream_options", Json.builder().add("include_usage", true))
                .add("messages", messages);
        temperature(request, body);
        if (request.parameters().effort().measured()) {
            body.add("reasoning_effort", request.parameters().effort().word());
        }
        if (!request.tools().isEmpty()) {
            body.add("tools", tools(request));
        }
        if (request.continues() && continuation == Continuation.FLAGS) {
            body.add("continue_final_message", true).add("add_generation_prompt", false);
        }
        return body.build().toString();
    }

    /** Adds the temperature, if one is wanted, under the name that most have for it. */
    static void temperature(ChatRequest request, JsonObjectBuilder body) {
        BigDecimal temperature = request.parameters().temperature();
        if (temperature != null) {
            body.add("temperature", temperature);
        }
    }

    /** Tools as Ollama wants them too. */
    static JsonArrayBuilder tools(ChatRequest request) {
        JsonArrayBuilder tools = Json.arrayBuilder();
        for (ToolSpec tool : request.tools()) {
            tools.add(Json.builder()
                    .add("type", "function")
                    .add(
                            "function",
                            Json.builder()
                                    .add("name", tool.name())
                                    .add("description", tool.description())
                                    .add("parameters", ToolSchema.of(tool))));
        }
        return tools;
    }

    private static void add(ChatMessage message, JsonArrayBuilder messages) {
        switch (message.role()) {
            case SYSTEM -> messages.add(message("system", message));
            case USER -> messages.add(message("user", message));
            case ASSISTANT -> messages.add(assistant(message));
            case TOOL ->
                message.results()
                        .forEach(result -> messages.add(Json.builder()
                                .add("role", "tool")
                                .add("tool_call_id", result.call())
                                .add("content", result.text())));
        }
    }

    private static JsonObjectBuilder message(String role, ChatMessage message) {
        return Json.builder().add("role", role).add("content", message.text());
    }

    private static JsonObjectBuilder assistant(ChatMessage turn) {
        ProviderMessage original = turn.original();
        if (original != null) {
            return Json.builder(Json.objectOrEmpty(original.json()));
        }
        JsonObjectBuilder message = message("assistant", turn);
        if (!turn.calls().isEmpty()) {
            JsonArrayBuilder calls = Json.arrayBuilder();
            turn.calls().forEach(call -> calls.add(call(call)));
            message.add("tool_calls", calls);
        }
        return message;
    }

    static JsonObject call(ToolCall call) {
        return Json.builder()
                .add("id", call.id())
                .add("type", "function")
                .add(
                        "function",
                        Json.builder().add("name", call.name()).add("arguments", ToolCalls.sendable(call.arguments())))
                .build();
    }
}
