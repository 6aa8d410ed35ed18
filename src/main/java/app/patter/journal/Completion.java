package app.patter.journal;

import app.patter.chat.TokenUsage;
import app.patter.conversation.MessageState;
import app.patter.text.CodedText;
import org.jspecify.annotations.Nullable;

/**
 * How a generation ended.
 *
 * @param state   one that is not active
 * @param error   what to tell the person; null unless it failed
 * @param finish  the provider's reason; null if it gave none
 * @param used    what the whole answer has used; null if nobody has counted
 */
public record Completion(
        MessageState state,
        @Nullable CodedText error,
        @Nullable String finish,
        @Nullable TokenUsage used) {

    /** Characters of an error's longest argument: the database's row takes many of them. */
    private static final int ARGUMENT = 500;

    private static final int FINISH = 100;

    public Completion {
        if (state.active()) {
            throw new IllegalArgumentException(state + " is no end");
        }
        error = error == null ? null : error.shortened(ARGUMENT);
        finish = shorten(finish, FINISH);
    }

    /** The same with what the answer has used. */
    Completion with(@Nullable TokenUsage usage) {
        return new Completion(state, error, finish, usage);
    }

    private static @Nullable String shorten(@Nullable String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** The error as the database keeps it; null unless it failed. */
    @Nullable
    String errorJson() {
        return error == null ? null : error.toJson();
    }

    /** An end without anything to tell. */
    public static Completion plain(MessageState state) {
        return new Completion(state, null, null, null);
    }
}
