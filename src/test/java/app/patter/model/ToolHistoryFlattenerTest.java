package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolHistoryFlattenerTest {

    private static final ToolCall CALL = new ToolCall("c1", "echo", "{\"message\":\"hi\"}");

    private static ChatMessage answer(String text, ToolCall... calls) {
        return new ChatMessage(Role.ASSISTANT, text, List.of(calls), List.of(), null);
    }

    @Test
    void aConversationWithoutToolsStaysAsItIs() {
        List<ChatMessage> messages = List.of(new ChatMessage(Role.USER, "hello"), answer("hi"));
        assertSame(messages, ToolHistoryFlattener.of(messages));
    }

    @Test
    void callsBecomeTextOfOneAnswerWithWhatCameOfThem() {
        List<ChatMessage> flat = ToolHistoryFlattener.of(List.of(
                new ChatMessage(Role.SYSTEM, "Be kind."),
                new ChatMessage(Role.USER, "echo hi"),
                answer("One moment.", CALL),
                ChatMessage.of(List.of(new ToolResult("c1", "echo", "hi", false))),
                answer("It said hi."),
                new ChatMessage(Role.USER, "again"),
                answer("", CALL),
                ChatMessage.of(List.of(new ToolResult("c1", "echo", "x".repeat(3_000), true)))));
        assertEquals(
                List.of(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT),
                flat.stream().map(ChatMessage::role).toList());
        assertEquals(
                "One moment.\n[echo answered: hi]\nIt said hi.", flat.get(2).text());
        assertEquals(
                "\n[echo failed: " + "x".repeat(2_000) + "…]\n", flat.get(4).text());
        flat.forEach(message -> assertEquals(List.of(), message.calls()));
    }
}
