package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConversationsTest {

    @Test
    void aTitleIsCutBetweenGraphemes() {
        assertEquals("👩‍🚀".repeat(20) + "…", Conversations.title("👩‍🚀".repeat(41)));
        assertEquals("🇫🇮".repeat(30) + "…", Conversations.title("🇫🇮".repeat(41)));
        assertEquals("x" + "🇫🇮".repeat(29) + "…", Conversations.title("x" + "🇫🇮".repeat(41)));
    }
}
