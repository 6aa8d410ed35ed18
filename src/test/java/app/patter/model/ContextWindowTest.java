package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.chat.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Long conversations lose their oldest exchanges, whole. */
class ContextWindowTest {

    private static final ChatMessage SYSTEM = new ChatMessage(Role.SYSTEM, "You are brief.");

    private static ChatMessage user(int number) {
        return new ChatMessage(Role.USER, "Question " + number + " " + "word ".repeat(60));
    }

    private static ChatMessage assistant(int number) {
        return new ChatMessage(Role.ASSISTANT, "Answer " + number + " " + "word ".repeat(60));
    }

    private static List<ChatMessage> talk(int exchanges) {
        List<ChatMessage> messages = new ArrayList<>(List.of(SYSTEM));
        IntStream.rangeClosed(1, exchanges).forEach(number -> {
            messages.add(user(number));
            messages.add(assistant(number));
        });
        messages.add(user(exchanges + 1));
        return messages;
    }

    private static ContextWindow.Fit fit(List<ChatMessage> messages, long size) {
        return ContextWindow.fit(messages, List.of(), size);
    }

    @Test
    void whatFitsIsLeftAsItIs() {
        List<ChatMessage> messages = talk(3);
        assertEquals(new ContextWindow.Fit(messages, 0), fit(messages, 100_000));
    }

    @Test
    void theOldestExchangesGoWholeAndTheSystemPromptStays() {
        List<ChatMessage> messages = talk(20);
        ContextWindow.Fit fit = fit(messages, 2_000);
        assertTrue(fit.leftOut() > 0);
        assertEquals(messages.size(), fit.messages().size() + fit.leftOut());
        assertEquals(SYSTEM, fit.messages().get(0));
        assertEquals(Role.USER, fit.messages().get(1).role(), "begins with a question");
        List<ChatMessage> end = messages.subList(1 + fit.leftOut(), messages.size());
        assertEquals(end, fit.messages().subList(1, fit.messages().size()), "nothing is missing in between");
        assertEquals(0, fit(fit.messages(), 2_000).leftOut(), "what is left fits");
    }

    @Test
    void aCallIsNeverToldWithoutItsResult() {
        List<ChatMessage> messages = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            String id = "call-" + number;
            messages.add(user(number));
            messages.add(new ChatMessage(
                    Role.ASSISTANT, "", List.of(new ToolCall(id, "look", "{\"at\":" + number + "}")), List.of(), null));
            messages.add(ChatMessage.of(List.of(new ToolResult(id, "look", "found ".repeat(50), false))));
            messages.add(assistant(number));
        }
        messages.add(user(21));
        for (int size = 500; size < 8_000; size += 100) {
            List<ChatMessage> kept = fit(messages, size).messages();
            Set<String> calls = kept.stream()
                    .flatMap(message -> message.calls().stream())
                    .map(ToolCall::id)
                    .collect(Collectors.toSet());
            Set<String> results = kept.stream()
                    .flatMap(message -> message.results().stream())
                    .map(ToolResult::call)
                    .collect(Collectors.toSet());
            assertEquals(calls, results, "size " + size);
        }
    }

    @Test
    void theLastQuestionStaysHoweverLongItIs() {
        ChatMessage huge = new ChatMessage(Role.USER, "x".repeat(100_000));
        List<ChatMessage> messages = List.of(SYSTEM, user(1), assistant(1), huge);
        assertEquals(new ContextWindow.Fit(List.of(SYSTEM, huge), 2), fit(messages, 1_000));
        ChatMessage begun = new ChatMessage(Role.ASSISTANT, "as I");
        assertEquals(
                List.of(SYSTEM, huge, begun),
                fit(List.of(SYSTEM, user(1), assistant(1), huge, begun), 1_000).messages(),
                "an answer that goes on keeps its question");
    }

    @Test
    void theSameBeginningIsToldSeveralTimesSoThatCachesKnowIt() {
        List<ChatMessage> firsts = IntStream.rangeClosed(10, 40)
                .mapToObj(exchanges -> fit(talk(exchanges), 4_000).messages().get(1))
                .toList();
        long changes = IntStream.range(1, firsts.size())
                .filter(at -> !firsts.get(at).equals(firsts.get(at - 1)))
                .count();
        assertTrue(changes > 2, "older questions go");
        assertTrue(changes <= firsts.size() / 3, "not with each question: " + changes);
    }

    @Test
    void scriptsWithoutBlanksAndToolsCountToo() {
        List<ChatMessage> chinese =
                new ArrayList<>(List.of(new ChatMessage(Role.USER, "潮".repeat(2_000)), assistant(1), user(2)));
        assertTrue(fit(chinese, 2_000).leftOut() > 0, "a character is about a token");
        List<ChatMessage> messages = talk(2);
        ToolSpec large = new ToolSpec("large", "d".repeat(6_000), "{}");
        assertEquals(0, fit(messages, 2_000).leftOut());
        assertTrue(ContextWindow.fit(messages, List.of(large), 2_000).leftOut() > 0);
    }
}
