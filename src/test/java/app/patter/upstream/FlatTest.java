package app.patter.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlatTest {

    private static final ToolCall CALL = new ToolCall("c1", "echo", "{\"message\":\"hi\"}");

    private static Turn answer(String text, ToolCall... calls) {
        return new Turn(Role.ASSISTANT, text, List.of(calls), List.of(), null);
    }

    @Test
    void aConversationWithoutToolsStaysAsItIs() {
        List<Turn> turns = List.of(new Turn(Role.USER, "hello"), answer("hi"));
        assertSame(turns, Flat.of(turns));
    }

    @Test
    void callsBecomeTextOfOneAnswerWithWhatCameOfThem() {
        List<Turn> flat = Flat.of(List.of(
                new Turn(Role.SYSTEM, "Be kind."),
                new Turn(Role.USER, "echo hi"),
                answer("One moment.", CALL),
                Turn.of(List.of(new ToolResult("c1", "echo", "hi", false))),
                answer("It said hi."),
                new Turn(Role.USER, "again"),
                answer("", CALL),
                Turn.of(List.of(new ToolResult("c1", "echo", "x".repeat(3_000), true)))));
        assertEquals(
                List.of(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT),
                flat.stream().map(Turn::role).toList());
        assertEquals(
                "One moment.\n[echo answered: hi]\nIt said hi.", flat.get(2).text());
        assertEquals(
                "\n[echo failed: " + "x".repeat(2_000) + "…]\n", flat.get(4).text());
        flat.forEach(turn -> assertEquals(List.of(), turn.calls()));
    }
}
