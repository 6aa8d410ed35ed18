package app.patter.upstream;

import java.util.List;

/**
 * What is asked. When the last turn is the {@linkplain Role#ASSISTANT assistant's}, the answer goes on from its text.
 *
 * @param model the model's name, as its upstream knows it
 * @param turns the conversation so far, oldest first; not modifiable
 */
public record Prompt(String model, List<Turn> turns) {

    public Prompt {
        turns = List.copyOf(turns);
    }

    /** Whether the answer goes on from the text of the last turn. */
    boolean continues() {
        return !turns.isEmpty() && turns.get(turns.size() - 1).role() == Role.ASSISTANT;
    }
}
