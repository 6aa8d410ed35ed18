package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptBuilderTest {

    private static Segment segment(SegmentKind kind, String text) {
        return new Segment(0, kind, text, OffsetDateTime.MIN, null);
    }

    private static List<String> said(Segment... segments) {
        List<Segment> said = PromptBuilder.said(List.of(segments));
        return IntStream.range(0, said.size())
                .filter(at -> said.get(at).kind() == SegmentKind.TEXT)
                .mapToObj(at -> said.get(at).text())
                .toList();
    }

    @Test
    void textThatTurnedOutToBeReasoningIsNotToldToModels() {
        Segment mark = segment(SegmentKind.NOTICE, AnswerText.ABOVE_IS_REASONING.words());
        Segment other = segment(SegmentKind.NOTICE, AnswerText.OLDEST_LEFT_OUT.words(2));
        Segment thought = segment(SegmentKind.TEXT, "Hm.");
        Segment answer = segment(SegmentKind.TEXT, "Yes.");
        Segment call = segment(SegmentKind.TOOL_CALL, "{}");
        assertEquals(List.of("Yes."), said(other, thought, mark, answer));
        assertEquals(List.of("Hm.", "Yes."), said(thought, other, answer));
        assertEquals(List.of("Hm.", "Yes."), said(thought, call, answer, mark, answer));
        assertEquals(List.of(), said(thought, mark));
    }
}
