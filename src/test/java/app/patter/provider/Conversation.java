package app.patter.provider;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.chat.ToolSpec;
import java.util.List;

/** What tests ask: a question, two calls of tools, their results. */
public final class Conversation {

    static final ToolSpec WEATHER = new ToolSpec(
            "get_weather",
            "Weather of a city",
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
    public static final ToolSpec NOW = new ToolSpec("now", "Current time", "{\"type\":\"object\"}");

    private Conversation() {}

    /** The assistant's turn is in the provider's own form if there is one. */
    public static ChatRequest withTools(ProviderMessage original) {
        return new ChatRequest(
                "m",
                List.of(
                        new ChatMessage(Role.SYSTEM, "Be brief."),
                        new ChatMessage(Role.USER, "Weather?"),
                        new ChatMessage(
                                Role.ASSISTANT,
                                "Looking.",
                                List.of(
                                        new ToolCall("c1", "get_weather", "{\"city\":\"Köln\"}"),
                                        new ToolCall(ToolCall.idFor("2", 1), "now", "{broken")),
                                List.of(),
                                original),
                        ChatMessage.of(List.of(
                                new ToolResult("c1", "get_weather", "dry", false),
                                new ToolResult(ToolCall.idFor("2", 1), "now", "no clock", true)))),
                List.of(WEATHER, NOW),
                false);
    }

    public static ChatRequest cutOff() {
        return new ChatRequest("m", List.of(new ChatMessage(Role.USER, "q"), new ChatMessage(Role.ASSISTANT, "a")));
    }

    public static ChatRequest reasoning() {
        return new ChatRequest("m", List.of(new ChatMessage(Role.USER, "q")), List.of(), true);
    }
}
