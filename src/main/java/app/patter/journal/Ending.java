package app.patter.journal;

import app.patter.chat.Prices;
import app.patter.chat.TokenUsage;
import app.patter.journal.AnswerBuffer.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a message ends: what it has used until then, its one end, and what became of that. Not thread-safe but for the
 * outcome.
 */
final class Ending {

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private @Nullable TokenUsage used;
    private @Nullable Completion how;
    private boolean over;

    /** @param used before this generation; null if nobody has counted */
    Ending(@Nullable TokenUsage used) {
        this.used = used;
    }

    /** Counts a call of a model. */
    void uses(TokenUsage tokens, @Nullable Prices prices) {
        used = TokenUsage.of(used, tokens, prices);
    }

    /** Whether the message takes no more: it has been told to end, or is over. */
    boolean isEnding() {
        return over || how != null;
    }

    /** The message is to end so, with what it has used by now. */
    void end(Completion completion) {
        how = completion.with(used);
    }

    /** The end that is to be saved; null before there is one. */
    @Nullable
    Completion how() {
        return how;
    }

    /** Its end is in the database, or its generation has lost it. */
    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** Completes after {@link #over}; what waits for it runs on the thread that completes it, without a lock. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }
}
