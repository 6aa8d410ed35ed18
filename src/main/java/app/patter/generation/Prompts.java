package app.patter.generation;

import app.patter.conversation.Author;
import app.patter.conversation.Kind;
import app.patter.conversation.Run;
import app.patter.conversation.Transcript;
import app.patter.upstream.Role;
import app.patter.upstream.Turn;
import java.util.ArrayList;
import java.util.List;

/** Turns the branch that ends with the message to be written into what the model is asked. */
final class Prompts {

    private Prompts() {}

    /** Only text counts; reasoning, notices and messages without text are left out. */
    static List<Turn> of(Transcript branch) {
        List<Turn> turns = new ArrayList<>();
        for (Transcript.Entry entry : branch.entries()) {
            StringBuilder text = new StringBuilder();
            entry.runs().stream()
                    .filter(run -> run.kind() == Kind.TEXT)
                    .map(Run::text)
                    .forEach(text::append);
            if (!text.isEmpty()) {
                Role role = entry.message().author() == Author.USER ? Role.USER : Role.ASSISTANT;
                turns.add(new Turn(role, text.toString()));
            }
        }
        return turns;
    }
}
