package app.patter.provider.dialect;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.ToolSpec;
import app.patter.json.Json;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.Dialect;
import app.patter.provider.RequestContext;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/**
 * OpenAI's responses.
 *
 * <p>Source: OpenAI API reference, "Create a model response"; guide "Reasoning models", "Encrypted reasoning items". The
 * provider is asked to store nothing, so what it thought goes back and forth in encrypted items.
 */
final class OpenAiResponses implements Dialect {

    @Override
    public String name() {
        return "responses";
    }

    @Override
    public String ending() {
        return "/v1";
    }

    @Override
    public String path(ChatRequest request) {
        return "responses";
    }

    @Override
    public AnswerParser parser(RequestContext context) {
        return new OpenAiResponsesParser(context);
    }

    @Override
    public String body(ChatRequest request) {
        JsonArrayBuilder input = Json.arrayBuilder();
        request.messagesWithContinue().forEach(message -> add(message, input));
        JsonObjectBuilder body = Json.builder()
                .add("model", request.model())
                .add("stream", true)
                .add("store", false)
                .add("input", input);
        OpenAiChat.temperature(request, body);
        if (request.reasoning()) {
            JsonObjectBuilder reasoning = Json.builder().add("summary", "auto");
            if (request.parameters().effort().measured()) {
                reasoning.add("effort", request.parameters().effort().word());
            }
            body.add("reasoning", reasoning).add("include", Json.arrayBuilder().add("reasoning.encrypted_content"));
        }
        if (!request.tools().isEmpty()) {
            body.add("tools", tools(request));
        }
        return body.build().toString();
    }

    private static JsonArrayBuilder tools(ChatRequest request) {
        JsonArrayBuilder tools = Json.arrayBuilder();
        for (ToolSpec tool : request.tools()) {
            tools.add(Json.builder()
                    .add("type", "function")
                    .add("name", tool.name())
                    .add("description", tool.description())
                    .add("parameters", ToolSchema.of(tool))
                    .add("strict", false)); // schemas of others need not follow OpenAI's subset
        }
        return tools;
    }

    private static void add(ChatMessage message, JsonArrayBuilder input) {
        ProviderMessage original = message.original();
        if (original != null) {
            Json.arrayOrEmpty(original.json()).forEach(input::add);
            return;
        }
        if (!message.text().isEmpty()) {
            String role =
                    switch (message.role()) {
                        case SYSTEM -> "system";
                        case USER, TOOL -> "user";
                        case ASSISTANT -> "assistant";
                    };
            input.add(Json.builder().add("role", role).add("content", message.text()));
        }
        message.calls()
                .forEach(call -> input.add(Json.builder()
                        .add("type", "function_call")
                        .add("call_id", call.id())
                        .add("name", call.name())
                        .add("arguments", ToolCalls.sendable(call.arguments()))));
        message.results()
                .forEach(result -> input.add(Json.builder()
                        .add("type", "function_call_output")
                        .add("call_id", result.call())
                        .add("output", result.text())));
    }
}
