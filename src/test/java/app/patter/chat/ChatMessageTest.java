package app.patter.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChatMessageTest {

    @Test
    void textIsOnePartAndNoTextIsNone() {
        assertEquals(List.of(new ContentPart.Text("hi")), new ChatMessage(Role.USER, "hi").parts());
        assertEquals(List.of(), new ChatMessage(Role.USER, "").parts());
        assertTrue(new ChatMessage(Role.USER, "").isEmpty());
        assertFalse(new ChatMessage(Role.USER, " ").isEmpty());
    }

    @Test
    void theTextOfAllPartsIsReadInOrder() {
        List<ContentPart> parts = List.of(new ContentPart.Text("a "), new ContentPart.Text("b"));
        assertEquals("a b", new ChatMessage(Role.USER, parts, List.of(), List.of(), null).text());
    }

    @Test
    void withoutItsOriginalAMessageSaysTheSame() {
        ProviderMessage original = new ProviderMessage("claude/anthropic/m", "[]");
        ChatMessage message = new ChatMessage(Role.ASSISTANT, "hi", List.of(), List.of(), original);
        assertEquals(new ChatMessage(Role.ASSISTANT, "hi"), message.withoutOriginal());
    }
}
