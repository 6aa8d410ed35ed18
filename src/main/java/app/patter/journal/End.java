package app.patter.journal;

import app.patter.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * How a generation ended.
 *
 * @param state        one that is not active
 * @param problem      what to tell the person; null unless it failed
 * @param finish       the provider's reason; null if it gave none
 * @param inputTokens  null if the provider counted none
 * @param outputTokens null if the provider counted none
 */
public record End(
        State state,
        @Nullable String problem,
        @Nullable String finish,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens) {

    private static final int PROBLEM = 2_000;
    private static final int FINISH = 100;

    public End {
        if (state.active()) {
            throw new IllegalArgumentException(state + " is no end");
        }
        problem = shorten(problem, PROBLEM);
        finish = shorten(finish, FINISH);
    }

    private static @Nullable String shorten(@Nullable String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** An end without anything to tell. */
    public static End plain(State state) {
        return new End(state, null, null, null, null);
    }
}
