package app.patter.generation;

import app.patter.conversation.Author;
import app.patter.conversation.Kind;
import app.patter.conversation.Round;
import app.patter.conversation.Run;
import app.patter.conversation.Transcript;
import app.patter.upstream.NativeTurn;
import app.patter.upstream.Role;
import app.patter.upstream.ToolCall;
import app.patter.upstream.ToolResult;
import app.patter.upstream.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the branch that ends with the message to be written into what the model is asked. */
final class Prompts {

    private static final String UNANSWERED = "This call was not made, or not to its end.";

    private Prompts() {}

    /**
     * What a model is told.
     *
     * @param open calls of the last message that have no result: they come before the model is asked again
     */
    record Told(List<Turn> turns, List<ToolCall> open) {}

    /**
     * Only text and calls of tools count; reasoning, notices and messages without either are left out.
     *
     * @param own answers as their provider wrote them, by id of the message and number of the round
     */
    static Told of(Transcript branch, Map<UUID, Map<Integer, NativeTurn>> own) {
        List<Turn> turns = new ArrayList<>();
        List<ToolCall> open = List.of();
        for (Transcript.Entry entry : branch.entries()) {
            if (entry.message().author() == Author.USER) {
                String text = text(entry);
                if (!text.isEmpty()) {
                    turns.add(new Turn(Role.USER, text));
                }
            } else {
                List<Round> rounds = Round.of(entry.runs());
                add(rounds, own.getOrDefault(entry.message().id(), Map.of()), turns);
                open = rounds.isEmpty()
                        ? List.of()
                        : rounds.get(rounds.size() - 1).open();
            }
        }
        return new Told(turns, open);
    }

    private static void add(List<Round> rounds, Map<Integer, NativeTurn> own, List<Turn> turns) {
        for (int at = 0; at < rounds.size(); at++) {
            Round round = rounds.get(at);
            NativeTurn kept = own.get(at);
            if (!round.text().isEmpty() || !round.calls().isEmpty()) {
                turns.add(new Turn(Role.ASSISTANT, round.text(), round.calls(), List.of(), kept));
            }
            if (!round.calls().isEmpty()) {
                turns.add(Turn.of(round.calls().stream()
                        .map(call -> result(call, round.results().get(call.id())))
                        .toList()));
            }
        }
    }

    /** Every provider wants a result for each call. */
    private static ToolResult result(ToolCall call, @Nullable ToolResult known) {
        return known == null ? new ToolResult(call.id(), call.name(), UNANSWERED, true) : known;
    }

    /** What a message says, without reasoning and notices. */
    static String text(Transcript.Entry entry) {
        return entry.runs().stream()
                .filter(run -> run.kind() == Kind.TEXT)
                .map(Run::text)
                .collect(Collectors.joining());
    }
}
