package app.patter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.json.Json;
import app.patter.provider.dialect.Dialects;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoleOrderTest {

    private static final ToolCall CALL = new ToolCall("c1", "time", "{}");

    private static final ChatMessage CALLS =
            new ChatMessage(Role.ASSISTANT, "Let me see.", List.of(CALL), List.of(), null);

    private static final ChatMessage RESULTS = ChatMessage.of(List.of(new ToolResult("c1", "time", "noon", false)));

    private static ChatMessage user(String text) {
        return new ChatMessage(Role.USER, text);
    }

    private static ChatMessage assistant(String text) {
        return new ChatMessage(Role.ASSISTANT, text);
    }

    private static String roles(List<ChatMessage> messages) {
        return String.join(
                " ", messages.stream().map(message -> message.role() + "").toList());
    }

    @Test
    void questionsInARowAreJoined() {
        List<ChatMessage> ordered = RoleOrder.of(List.of(user("One?"), user("Two?"), user("Three?")));
        assertEquals(List.of(user("One?\n\nTwo?\n\nThree?")), ordered);
    }

    @Test
    void answersInARowAreJoinedAndKeepTheirCalls() {
        List<ChatMessage> ordered = RoleOrder.of(List.of(user("?"), assistant("One."), CALLS, RESULTS));
        assertEquals("USER ASSISTANT TOOL", roles(ordered));
        assertEquals("One.\n\nLet me see.", ordered.get(1).text());
        assertEquals(List.of(CALL), ordered.get(1).calls());
    }

    @Test
    void aQuestionAfterAnAnswerThatEndedWithItsToolsComesInTurn() {
        List<ChatMessage> ordered = RoleOrder.of(List.of(user("?"), CALLS, RESULTS, user("Well?")));
        assertEquals("USER ASSISTANT TOOL ASSISTANT USER", roles(ordered));
    }

    @Test
    void whatAProviderWroteItselfStaysAsItIs() {
        ChatMessage own = new ChatMessage(Role.ASSISTANT, "One.", List.of(), List.of(), new ProviderMessage("s", "{}"));
        List<ChatMessage> messages = List.of(user("?"), own, assistant("Two."));
        assertEquals(messages, RoleOrder.of(messages));
    }

    @Test
    void anyConversationHasItsTurns() {
        Random random = new Random(15);
        List<List<ChatMessage>> pieces =
                List.of(List.of(user("?")), List.of(assistant("!")), List.of(CALLS, RESULTS), List.of(user("And?")));
        for (int round = 0; round < 2_000; round++) {
            List<ChatMessage> messages = new ArrayList<>(List.of(user("First")));
            for (int at = random.nextInt(12); at > 0; at--) {
                messages.addAll(pieces.get(random.nextInt(pieces.size())));
            }
            String told = roles(RoleOrder.of(messages)) + " ";
            assertEquals("", told.replaceAll("^(USER (ASSISTANT (TOOL ASSISTANT )*))*(USER |TOOL )?", ""), told);
        }
    }

    static Stream<Dialect> dialects() {
        return Stream.of("openai", "anthropic", "gemini", "ollama").map(Dialects::named);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyDialectIsToldQuestionsInARowAsOne(Dialect dialect) {
        ChatRequest request =
                new ChatRequest("m", List.of(user("One?"), user("Two?"), assistant("Yes."), user("Three?")));
        JsonObject body = Json.objectOrEmpty(dialect.body(request.sentTo("here")));
        List<String> roles = new ArrayList<>();
        for (JsonValue message : body.getJsonArray(body.containsKey("contents") ? "contents" : "messages")) {
            roles.add(message.asJsonObject().getString("role").replace("model", "assistant"));
        }
        assertEquals(List.of("user", "assistant", "user"), roles);
    }
}
