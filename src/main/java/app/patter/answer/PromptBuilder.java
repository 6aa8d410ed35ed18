package app.patter.answer;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.conversation.ModelCall;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the branch that ends with the message to be written into what the model is asked. */
final class PromptBuilder {

    private static final String UNANSWERED = "This call was not made, or not to its end.";

    private static final Set<SegmentKind> CALLING = Set.of(SegmentKind.TOOL_CALL, SegmentKind.TOOL_RESULT);

    private PromptBuilder() {}

    /**
     * What a model is told.
     *
     * @param open  calls of the last message that have no result: they come before the model is asked again
     * @param begun ids of those that were made
     * @param taken ids of all calls of the last message
     */
    record Told(List<ChatMessage> messages, List<ToolCall> open, Set<String> begun, Set<String> taken) {

        /** Nothing. */
        static final Told NOTHING = new Told(List.of(), List.of(), Set.of(), Set.of());
    }

    /** For the first question of a conversation. */
    static Told question(String text) {
        return new Told(List.of(new ChatMessage(Role.USER, text)), List.of(), Set.of(), Set.of());
    }

    /**
     * Only text and calls of tools count; reasoning, notices and messages without either are left out.
     *
     * @param own answers as their provider wrote them, by id of the message and number of the round
     */
    static Told of(Transcript branch, Map<UUID, Map<Integer, ProviderMessage>> own) {
        List<ChatMessage> messages = new ArrayList<>();
        List<ModelCall> last = List.of();
        for (Transcript.Entry entry : branch.entries()) {
            if (entry.message().role() == Role.USER) {
                String text = text(entry.segments());
                if (!text.isEmpty()) {
                    messages.add(new ChatMessage(Role.USER, text));
                }
            } else {
                List<ModelCall> rounds = ModelCall.of(said(entry.segments()));
                add(rounds, own.getOrDefault(entry.message().id(), Map.of()), messages);
                last = rounds;
            }
        }
        if (last.isEmpty()) {
            return new Told(messages, List.of(), Set.of(), Set.of());
        }
        ModelCall newest = last.get(last.size() - 1);
        return new Told(
                messages,
                newest.open(),
                newest.begun(),
                last.stream()
                        .flatMap(round -> round.calls().stream())
                        .map(ToolCall::id)
                        .collect(Collectors.toSet()));
    }

    private static void add(List<ModelCall> rounds, Map<Integer, ProviderMessage> own, List<ChatMessage> messages) {
        for (int at = 0; at < rounds.size(); at++) {
            ModelCall round = rounds.get(at);
            ProviderMessage kept = own.get(at);
            if (!round.text().isEmpty() || !round.calls().isEmpty()) {
                messages.add(new ChatMessage(Role.ASSISTANT, round.text(), given(round), List.of(), kept));
            }
            if (!round.calls().isEmpty()) {
                messages.add(ChatMessage.of(round.calls().stream()
                        .map(call -> result(
                                round.given().getOrDefault(call.id(), call.id()),
                                call,
                                round.results().get(call.id())))
                        .toList()));
            }
        }
    }

    /** The calls as their provider knows them. */
    private static List<ToolCall> given(ModelCall round) {
        return round.calls().stream()
                .map(call ->
                        new ToolCall(round.given().getOrDefault(call.id(), call.id()), call.name(), call.arguments()))
                .toList();
    }

    /** Every provider wants a result for each call. */
    private static ToolResult result(String given, ToolCall call, @Nullable ToolResult known) {
        return known == null
                ? new ToolResult(given, call.name(), UNANSWERED, true)
                : new ToolResult(given, call.name(), known.text(), known.failed());
    }

    /** What a message says, without reasoning and notices. */
    static String text(List<Segment> segments) {
        return said(segments).stream()
                .filter(segment -> segment.kind() == SegmentKind.TEXT)
                .map(Segment::text)
                .collect(Collectors.joining());
    }

    /** Without text that turned out to be reasoning. */
    static List<Segment> said(List<Segment> segments) {
        String mark = AnswerText.ABOVE_IS_REASONING.words();
        List<Segment> said = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.kind() == SegmentKind.NOTICE && segment.text().startsWith(mark)) {
                while (!said.isEmpty()
                        && !CALLING.contains(said.get(said.size() - 1).kind())) {
                    said.remove(said.size() - 1);
                }
            }
            said.add(segment);
        }
        return said;
    }
}
