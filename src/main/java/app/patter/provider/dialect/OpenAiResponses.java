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
    public String speaker() {
        return "an OpenAI-compatible server";
    }

    @Override
    public String ending() {
        return "/v1";
    }

    @Override
    public String path(ChatRequest prompt) {
        return "responses";
    }

    @Override
    public AnswerParser parser(RequestContext asked) {
        return new OpenAiResponsesParser(asked);
    }

    @Override
    public String body(ChatRequest prompt) {
        JsonArrayBuilder input = Json.arrayBuilder();
        prompt.turnsWithGoOn().forEach(turn -> add(turn, input));
        JsonObjectBuilder body = Json.builder()
                .add("model", prompt.model())
                .add("stream", true)
                .add("store", false)
                .add("input", input);
        OpenAiChat.temperature(prompt, body);
        if (prompt.reasoning()) {
            JsonObjectBuilder reasoning = Json.builder().add("summary", "auto");
            if (prompt.parameters().effort().measured()) {
                reasoning.add("effort", prompt.parameters().effort().word());
            }
            body.add("reasoning", reasoning).add("include", Json.arrayBuilder().add("reasoning.encrypted_content"));
        }
        if (!prompt.tools().isEmpty()) {
            body.add("tools", tools(prompt));
        }
        return body.build().toString();
    }

    private static JsonArrayBuilder tools(ChatRequest prompt) {
        JsonArrayBuilder tools = Json.arrayBuilder();
        for (ToolSpec tool : prompt.tools()) {
            tools.add(Json.builder()
                    .add("type", "function")
                    .add("name", tool.name())
                    .add("description", tool.description())
                    .add("parameters", Json.objectOrEmpty(tool.schema()))
                    .add("strict", false)); // schemas of others need not follow OpenAI's subset
        }
        return tools;
    }

    private static void add(ChatMessage turn, JsonArrayBuilder input) {
        ProviderMessage own = turn.own();
        if (own != null) {
            Json.arrayOrEmpty(own.json()).forEach(input::add);
            return;
        }
        if (!turn.text().isEmpty()) {
            String role =
                    switch (turn.role()) {
                        case SYSTEM -> "system";
                        case USER, TOOL -> "user";
                        case ASSISTANT -> "assistant";
                    };
            input.add(Json.builder().add("role", role).add("content", turn.text()));
        }
        turn.calls()
                .forEach(call -> input.add(Json.builder()
                        .add("type", "function_call")
                        .add("call_id", call.id())
                        .add("name", call.name())
                        .add("arguments", call.arguments())));
        turn.results()
                .forEach(result -> input.add(Json.builder()
                        .add("type", "function_call_output")
                        .add("call_id", result.call())
                        .add("output", result.text())));
    }
}
