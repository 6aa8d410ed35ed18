package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ToolCall;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCallTest {

    private final List<Segment> segments = new ArrayList<>();

    private ModelCallTest add(SegmentKind kind, String text) {
        segments.add(new Segment(segments.size(), kind, text, OffsetDateTime.parse("2026-11-21T12:00:00Z"), null));
        return this;
    }

    private ModelCallTest call(String id) {
        return add(new ToolEvent.Called(id, id, "tool", "A tool", "{\"of\":\"" + id + "\"}"));
    }

    private ModelCallTest add(ToolEvent event) {
        return add(event.kind(), ToolEventCodec.encode(event));
    }

    private ModelCallTest end(String id) {
        return add(new ToolEvent.Ended(id, ToolEvent.Outcome.DONE, "of " + id));
    }

    @Test
    void anAnswerWithoutToolsIsOneRound() {
        add(SegmentKind.REASONING, "hm")
                .add(SegmentKind.TEXT, "a")
                .add(SegmentKind.NOTICE, "n")
                .add(SegmentKind.TEXT, "b");
        List<ModelCall> rounds = ModelCall.of(segments);
        assertEquals(1, rounds.size());
        assertEquals("ab", rounds.get(0).text());
    }

    @Test
    void whatFollowsTheAnswersOfToolsIsTheNextRound() {
        add(SegmentKind.TEXT, "a").call("1").call("2");
        add(new ToolEvent.Progressed("2", new ToolEvent.Progress(1, null, "")));
        end("2").end("1").add(SegmentKind.REASONING, "hm").call("3").end("3").add(SegmentKind.TEXT, "b");
        List<ModelCall> rounds = ModelCall.of(segments);
        assertEquals(List.of("a", "", "b"), rounds.stream().map(ModelCall::text).toList());
        assertEquals(
                List.of("1", "2"),
                rounds.get(0).calls().stream().map(ToolCall::id).toList());
        assertEquals("of 1", rounds.get(0).results().get("1").text());
        assertTrue(rounds.stream().allMatch(round -> round.open().isEmpty()));
    }

    @Test
    void aCallWithoutAnEndIsOpenAlsoBesideOthersThatHaveOne() {
        call("1").call("2").end("1");
        List<ModelCall> rounds = ModelCall.of(segments);
        assertEquals(1, rounds.size());
        assertEquals(
                List.of("2"), rounds.get(0).open().stream().map(ToolCall::id).toList());
    }

    @Test
    void aPersonIsAskedAboutWhatAsksAndWasNeitherBegunNorEnded() {
        call("runs").call("asks").call("was allowed").call("was refused");
        for (String id : List.of("asks", "was allowed", "was refused")) {
            add(new ToolEvent.Asked(id));
        }
        add(new ToolEvent.Begun("runs")).add(new ToolEvent.Begun("was allowed"));
        end("was refused");
        assertEquals(
                List.of("asks"),
                ModelCall.of(segments).get(0).asking().stream()
                        .map(ToolCall::id)
                        .toList());
    }

    @Test
    void aCallThatBeginsAgainTakesThePlaceOfTheFirst() {
        call("1").add(new ToolEvent.Called("1", "1", "tool", "A tool", "{\"whole\":true}"));
        assertEquals(
                List.of("{\"whole\":true}"),
                ModelCall.of(segments).get(0).calls().stream()
                        .map(ToolCall::arguments)
                        .toList());
    }

    @Test
    void whatIsNoRunOfAToolIsSkipped() {
        add(SegmentKind.TOOL_CALL, "{broken\n")
                .add(SegmentKind.TOOL_CALL, "no line")
                .end("nobody");
        assertEquals(List.of(), ModelCall.of(segments).get(0).calls());
    }
}
