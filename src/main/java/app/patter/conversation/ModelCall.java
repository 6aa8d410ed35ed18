package app.patter.conversation;

import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One time that the model was asked for an answer: what it said, the tools that it called, and what came of that. Each
 * answer has one more than it has times that tools answered.
 *
 * @param text    what it said before it called
 * @param calls   in the order in which they began; not modifiable
 * @param results of those that have one, by id of the call; not modifiable
 * @param given   what their provider calls them, by id of the call; not modifiable
 * @param begun   ids of those that were made; the others have certainly had no effect; not modifiable
 * @param asked   ids of those about which a person was asked; not modifiable
 */
public record ModelCall(
        String text,
        List<ToolCall> calls,
        Map<String, ToolResult> results,
        Map<String, String> given,
        Set<String> begun,
        Set<String> asked) {

    /** The rounds of an answer with these runs, oldest first; none if there are no runs. */
    public static List<ModelCall> of(List<Segment> segments) {
        List<ModelCall> rounds = new ArrayList<>();
        Building round = new Building();
        for (Segment segment : segments) {
            boolean result = segment.kind() == SegmentKind.TOOL_RESULT;
            if (round.ended && !result && segment.kind() != SegmentKind.NOTICE) {
                rounds.add(round.whole());
                round = new Building();
            }
            round.add(segment);
        }
        if (!segments.isEmpty()) {
            rounds.add(round.whole());
        }
        return rounds;
    }

    /** The calls that have no result. */
    public List<ToolCall> open() {
        return calls.stream().filter(call -> !results.containsKey(call.id())).toList();
    }

    /** The calls about which a person is asked. */
    public List<ToolCall> asking() {
        return open().stream()
                .filter(call -> asked.contains(call.id()) && !begun.contains(call.id()))
                .toList();
    }

    private static final class Building {
        private final StringBuilder text = new StringBuilder();
        private final Map<String, ToolCall> calls = new LinkedHashMap<>();
        private final Map<String, ToolResult> results = new LinkedHashMap<>();
        private final Map<String, String> given = new HashMap<>();
        private final Set<String> begun = new HashSet<>();
        private final Set<String> asked = new HashSet<>();
        private boolean ended;

        void add(Segment segment) {
            switch (segment.kind()) {
                case TEXT -> text.append(segment.text());
                case TOOL_CALL, TOOL_RESULT ->
                    ToolEventCodec.decode(segment.text()).ifPresent(this::happened);
                case REASONING, NOTICE -> {
                    // not told to the model
                }
            }
        }

        private void happened(ToolEvent event) {
            if (event instanceof ToolEvent.Called called) {
                called(called);
            } else if (event instanceof ToolEvent.Ended end) {
                ended(end);
            } else if (event instanceof ToolEvent.Begun) {
                begun.add(event.call());
            } else if (event instanceof ToolEvent.Asked) {
                asked.add(event.call());
            }
        }

        private void called(ToolEvent.Called event) {
            String arguments = event.arguments().isEmpty() ? "{}" : event.arguments();
            calls.put(event.call(), new ToolCall(event.call(), event.name(), arguments));
            given.put(event.call(), event.given());
        }

        private void ended(ToolEvent.Ended end) {
            ToolCall call = calls.get(end.call());
            if (call != null) {
                ended = true;
                boolean failed = end.outcome() != ToolEvent.Outcome.DONE;
                results.put(call.id(), new ToolResult(call.id(), call.name(), end.text(), failed));
            }
        }

        ModelCall whole() {
            return new ModelCall(
                    text.toString(),
                    List.copyOf(calls.values()),
                    Map.copyOf(results),
                    Map.copyOf(given),
                    Set.copyOf(begun),
                    Set.copyOf(asked));
        }
    }
}
