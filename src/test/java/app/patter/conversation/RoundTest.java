package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.upstream.ToolCall;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {

    private final List<Run> runs = new ArrayList<>();

    private RoundTest add(Kind kind, String text) {
        runs.add(new Run(runs.size(), kind, text, OffsetDateTime.parse("2026-11-21T12:00:00Z"), null));
        return this;
    }

    private RoundTest call(String id) {
        return add(Kind.TOOL_CALL, ToolRun.call(id, "tool", "A tool") + "{\"of\":\"" + id + "\"}");
    }

    private RoundTest end(String id) {
        return add(Kind.TOOL_RESULT, ToolRun.result(id, ToolRun.DONE, 5, List.of(), "of " + id));
    }

    @Test
    void anAnswerWithoutToolsIsOneRound() {
        add(Kind.REASONING, "hm").add(Kind.TEXT, "a").add(Kind.NOTICE, "n").add(Kind.TEXT, "b");
        List<Round> rounds = Round.of(runs);
        assertEquals(1, rounds.size());
        assertEquals("ab", rounds.get(0).text());
    }

    @Test
    void whatFollowsTheAnswersOfToolsIsTheNextRound() {
        add(Kind.TEXT, "a").call("1").call("2");
        add(Kind.TOOL_RESULT, ToolRun.progress("2", new ToolRun.Progress(1, null, "")));
        end("2").end("1").add(Kind.REASONING, "hm").call("3").end("3").add(Kind.TEXT, "b");
        List<Round> rounds = Round.of(runs);
        assertEquals(List.of("a", "", "b"), rounds.stream().map(Round::text).toList());
        assertEquals(
                List.of("1", "2"),
                rounds.get(0).calls().stream().map(ToolCall::id).toList());
        assertEquals("of 1", rounds.get(0).results().get("1").text());
        assertTrue(rounds.stream().allMatch(round -> round.open().isEmpty()));
    }

    @Test
    void aCallWithoutAnEndIsOpenAlsoBesideOthersThatHaveOne() {
        call("1").call("2").end("1");
        List<Round> rounds = Round.of(runs);
        assertEquals(1, rounds.size());
        assertEquals(
                List.of("2"), rounds.get(0).open().stream().map(ToolCall::id).toList());
    }

    @Test
    void aPersonIsAskedAboutWhatAsksAndWasNeitherBegunNorEnded() {
        call("runs").call("asks").call("was allowed").call("was refused");
        for (String id : List.of("asks", "was allowed", "was refused")) {
            add(Kind.TOOL_RESULT, ToolRun.asks(id));
        }
        add(Kind.TOOL_RESULT, ToolRun.begun("runs")).add(Kind.TOOL_RESULT, ToolRun.begun("was allowed"));
        end("was refused");
        assertEquals(
                List.of("asks"),
                Round.of(runs).get(0).asking().stream().map(ToolCall::id).toList());
    }

    @Test
    void aCallThatBeginsAgainTakesThePlaceOfTheFirst() {
        call("1").add(Kind.TOOL_CALL, ToolRun.call("1", "tool", "A tool") + "{\"whole\":true}");
        assertEquals(
                List.of("{\"whole\":true}"),
                Round.of(runs).get(0).calls().stream().map(ToolCall::arguments).toList());
    }

    @Test
    void whatIsNoRunOfAToolIsSkipped() {
        add(Kind.TOOL_CALL, "{broken\n").add(Kind.TOOL_CALL, "no line").end("nobody");
        assertEquals(List.of(), Round.of(runs).get(0).calls());
        assertTrue(ToolRun.of("[]\n").isEmpty());
    }
}
