package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolSpec;
import app.patter.provider.ChatRequest;
import app.patter.provider.Parameters;
import app.patter.provider.ReasoningEffort;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChatRequestsTest {

    private static final List<ChatMessage> HELLO = List.of(new ChatMessage(Role.USER, "Hello"));

    private static Parameters parameters(ReasoningEffort effort, @Nullable Long contextSize) {
        return new Parameters(new BigDecimal("0.2"), effort, contextSize, "{\"top_p\":0.9}");
    }

    private static ModelConfig config(String system, Parameters parameters) {
        return new ModelConfig("a/b/c", "", false, false, system, parameters, null, List.of());
    }

    private static ChatRequests.Fitted next(ModelConfig config, List<ChatMessage> messages, List<ToolSpec> tools) {
        return ChatRequests.next(config, config.parameters(), messages, tools);
    }

    @Test
    void theSystemPromptComesFirst() {
        ChatRequest request =
                next(config("Be kind.", Parameters.NONE), HELLO, List.of()).request();
        assertEquals(
                List.of(Role.SYSTEM, Role.USER),
                request.messages().stream().map(ChatMessage::role).toList());
        assertEquals("Be kind.", request.messages().get(0).text());
        assertEquals("b/c", request.model());
        assertEquals(
                HELLO,
                next(config("", Parameters.NONE), HELLO, List.of()).request().messages());
    }

    @Test
    void whatTheContextHasNoRoomForIsLeftOut() {
        List<ChatMessage> messages = List.of(
                new ChatMessage(Role.USER, "x".repeat(9_000)),
                new ChatMessage(Role.ASSISTANT, "y"),
                new ChatMessage(Role.USER, "Hello"));
        ChatRequests.Fitted fitted =
                next(config("Be kind.", parameters(ReasoningEffort.UNASKED, 1_000L)), messages, List.of());
        assertEquals(2, fitted.leftOut());
        assertEquals(
                List.of("Be kind.", "Hello"),
                fitted.request().messages().stream().map(ChatMessage::text).toList());
        assertEquals(0, next(config("", Parameters.NONE), messages, List.of()).leftOut());
    }

    @Test
    void callsAreToldAsTextOnlyToWhomHasNoTools() {
        List<ChatMessage> messages = List.of(
                new ChatMessage(Role.USER, "echo hi"),
                new ChatMessage(Role.ASSISTANT, "", List.of(new ToolCall("c", "echo", "{}")), List.of(), null),
                new ChatMessage(Role.USER, "Go on"));
        ModelConfig config = config("", Parameters.NONE);
        ToolSpec tool = new ToolSpec("echo", "Echoes", "{}");
        assertEquals(messages, next(config, messages, List.of(tool)).request().messages());
        assertTrue(next(config, messages, List.of()).request().messages().stream()
                .allMatch(message -> message.calls().isEmpty()));
    }

    @Test
    void theSettingsAskForReasoningWhereNobodyElseSaysHowMuch() {
        ModelConfig unasked = config("", parameters(ReasoningEffort.UNASKED, null));
        assertEquals(ReasoningEffort.ON, ChatRequests.parameters(unasked, true).effort());
        assertEquals(
                ReasoningEffort.UNASKED, ChatRequests.parameters(unasked, false).effort());
        ModelConfig high = config("", parameters(ReasoningEffort.HIGH, null));
        assertEquals(ReasoningEffort.HIGH, ChatRequests.parameters(high, true).effort());
    }

    @Test
    void anInternalRequestIsPlain() {
        ChatRequest request = ChatRequests.internal(config("Be kind.", parameters(ReasoningEffort.HIGH, 500L)), HELLO);
        assertEquals(HELLO, request.messages());
        assertNull(request.parameters().temperature());
        assertEquals(ReasoningEffort.UNASKED, request.parameters().effort());
        assertEquals(500L, request.parameters().contextSize());
        assertEquals("{\"top_p\":0.9}", request.parameters().others());
    }
}
