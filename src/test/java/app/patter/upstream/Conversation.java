package app.patter.upstream;

import java.util.List;

/** What tests ask: a question, two calls of tools, their results. */
final class Conversation {

    static final Tool WEATHER = new Tool(
            "get_weather",
            "Weather of a city",
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
    static final Tool NOW = new Tool("now", "Current time", "{\"type\":\"object\"}");

    private Conversation() {}

    /** The assistant's turn is in the provider's own form if there is one. */
    static Prompt withTools(NativeTurn own) {
        return new Prompt(
                "m",
                List.of(
                        new Turn(Role.SYSTEM, "Be brief."),
                        new Turn(Role.USER, "Weather?"),
                        new Turn(
                                Role.ASSISTANT,
                                "Looking.",
                                List.of(
                                        new ToolCall("c1", "get_weather", "{\"city\":\"Köln\"}"),
                                        new ToolCall(ToolCall.idFor("2", 1), "now", "{broken")),
                                List.of(),
                                own),
                        Turn.of(List.of(
                                new ToolResult("c1", "get_weather", "dry", false),
                                new ToolResult(ToolCall.idFor("2", 1), "now", "no clock", true)))),
                List.of(WEATHER, NOW),
                false);
    }

    static Prompt cutOff() {
        return new Prompt("m", List.of(new Turn(Role.USER, "q"), new Turn(Role.ASSISTANT, "a")));
    }

    static Prompt reasoning() {
        return new Prompt("m", List.of(new Turn(Role.USER, "q")), List.of(), true);
    }
}
