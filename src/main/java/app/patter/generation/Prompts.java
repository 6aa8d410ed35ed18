package app.patter.generation;

import app.patter.conversation.Author;
import app.patter.conversation.Kind;
import app.patter.conversation.Run;
import app.patter.conversation.Transcript;
import app.patter.upstream.NativeTurn;
import app.patter.upstream.Role;
import app.patter.upstream.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Turns the branch that ends with the message to be written into what the model is asked. */
final class Prompts {

    private Prompts() {}

    /**
     * Only text counts; reasoning, notices and messages without text are left out.
     *
     * @param own answers as their provider wrote them, by id of the message
     */
    static List<Turn> of(Transcript branch, Map<UUID, NativeTurn> own) {
        List<Turn> turns = new ArrayList<>();
        for (Transcript.Entry entry : branch.entries()) {
            String text = text(entry);
            if (!text.isEmpty()) {
                Role role = entry.message().author() == Author.USER ? Role.USER : Role.ASSISTANT;
                NativeTurn kept = own.get(entry.message().id());
                turns.add(new Turn(role, text, List.of(), List.of(), kept));
            }
        }
        return turns;
    }

    /** What a message says, without reasoning and notices. */
    static String text(Transcript.Entry entry) {
        return entry.runs().stream()
                .filter(run -> run.kind() == Kind.TEXT)
                .map(Run::text)
                .collect(Collectors.joining());
    }
}
