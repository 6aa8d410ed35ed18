package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.chat.ToolCall;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.ModelCall;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEventCodec;
import app.patter.fixture.Seed;
import app.patter.journal.AnswerBuffers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ToolCallRecorderTest {

    private final AnswerBuffers drafts = new AnswerBuffers(
            new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "a/b", 0, null, -1, 0, null));
    private final ToolCallRecorder writer = new ToolCallRecorder(drafts.draft(), name -> "The " + name, Set.of("old"));

    /** However the pieces of several calls are mixed, with text between them, each call is there whole. */
    @RepeatedTest(300)
    void howeverCallsInterleaveEachIsWrittenWhole(@Seed Random random) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Map<String, Integer> reached = new LinkedHashMap<>();
        for (int call = 0; call < 1 + random.nextInt(4); call++) {
            arguments.put(
                    "call" + call, "{\"text\":\"" + "}{\\\"".repeat(random.nextInt(3)) + "é\",\"n\":[" + call + "]}");
        }
        List<String> open = new ArrayList<>(arguments.keySet());
        while (!open.isEmpty()) {
            String id = open.get(random.nextInt(open.size()));
            String whole = arguments.get(id);
            if (!reached.containsKey(id)) {
                writer.started(id, "tool");
                reached.put(id, 0);
            } else if (reached.get(id) < whole.length()) {
                int to = Math.min(whole.length(), reached.get(id) + 1 + random.nextInt(9));
                writer.more(id, whole.substring(reached.get(id), to));
                reached.put(id, to);
            } else {
                writer.ready(new ToolCall(id, "tool", whole));
                open.remove(id);
            }
            if (random.nextInt(12) == 0) {
                writer.close();
                drafts.draft().append(SegmentKind.TEXT, "some text ");
            }
        }
        writer.close();
        List<ModelCall> rounds = ModelCall.of(drafts.runs());
        assertEquals(1, rounds.size());
        Map<String, String> written = new LinkedHashMap<>();
        rounds.get(0).calls().forEach(call -> written.put(call.id(), call.arguments()));
        assertEquals(new java.util.TreeMap<>(arguments), new java.util.TreeMap<>(written));
    }

    @Test
    void oneAfterTheOtherAreRunsOfTheirOwnThatGrow() {
        writer.started("a", "x");
        writer.more("a", "{\"k\":");
        assertEquals(List.of("{\"k\":"), bodies());
        writer.more("a", "1}");
        writer.started("b", "y");
        writer.more("b", "{");
        assertEquals(List.of("{\"k\":1}", "{"), bodies());
    }

    @Test
    void aCallWithoutArgumentsIsThereToo() {
        writer.started("a", "now");
        writer.ready(new ToolCall("a", "now", "{}"));
        assertEquals(List.of(""), bodies());
        assertEquals("{}", ModelCall.of(drafts.runs()).get(0).calls().get(0).arguments());
    }

    /** Some providers count their calls from 0 in every round. */
    @Test
    void anIdThatAnEarlierRoundHasGivesWayToAnother() {
        writer.started("old", "now");
        writer.more("old", "{\"a\":1}");
        ToolCall known = writer.ready(new ToolCall("old", "now", "{\"a\":1}"));
        assertEquals(new ToolCall("old~2", "now", "{\"a\":1}"), known);
        assertEquals("old~2", writer.id("old"));
        writer.close();
        ModelCall round = ModelCall.of(drafts.runs()).get(0);
        assertEquals(List.of(known), round.calls());
        assertEquals(Map.of("old~2", "old"), round.given());
    }

    private List<String> bodies() {
        return drafts.runs().stream()
                .map(Segment::text)
                .map(text -> (ToolEvent.Called) ToolEventCodec.decode(text).orElseThrow())
                .map(ToolEvent.Called::arguments)
                .toList();
    }
}
