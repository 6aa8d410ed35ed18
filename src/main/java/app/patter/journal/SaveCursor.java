package app.patter.journal;

import app.patter.chat.ProviderMessage;
import app.patter.conversation.MessageState;
import app.patter.conversation.ProviderMessageRow;
import app.patter.journal.Snapshot.Original;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far saves have come with a message: since when its text waits, whether the last save is known to have succeeded or
 * failed, and what besides text is not saved. Not thread-safe.
 */
final class SaveCursor {

    /** When the oldest text came that no save has taken, as {@link System#nanoTime()}; 0 for none. */
    private long arrived;

    /** When the oldest text came that the save under way has taken, or one that failed; 0 for none. */
    private long taken;

    private @Nullable MessageState phase;
    private @Nullable MessageState entered;
    private final List<Original> originals = new ArrayList<>();
    private boolean unsure;

    /** Text has come. */
    void arrived() {
        if (arrived == 0) {
            arrived = System.nanoTime();
        }
    }

    /** Notes the phase; false if it is the one noted last. */
    boolean enter(MessageState next) {
        if (next == phase) {
            return false;
        }
        phase = next;
        entered = next;
        return true;
    }

    /** The phase is to be saved even if the one noted next is the same: something else changes with it. */
    void forgetPhase() {
        phase = null;
    }

    /** Keeps what a model wrote in its provider's form; false if that is too long to be kept. */
    boolean keep(int call, ProviderMessage message) {
        return ProviderMessageRow.fits(message) && originals.add(new Original(call, message));
    }

    /** The phase that is not saved; null if it is. */
    @Nullable
    MessageState entered() {
        return entered;
    }

    /** What the model wrote in its provider's form, as far as it is not saved. */
    List<Original> originals() {
        return List.copyOf(originals);
    }

    boolean isSaved() {
        return originals.isEmpty() && entered == null;
    }

    /**
     * A save takes what waits.
     *
     * @return when the oldest text in it came; 0 for none
     */
    long take() {
        if (taken == 0) {
            taken = arrived;
        }
        arrived = 0;
        return taken;
    }

    /** That save succeeded. */
    void saved(Snapshot change) {
        unsure = false;
        taken = 0;
        originals.removeAll(change.originals());
        if (entered == change.state()) {
            entered = null;
        }
    }

    /** That save failed; it may have reached the database anyway, as when the connection broke at the commit. */
    void failed() {
        unsure = true;
    }

    /** Whether everything that a save took is known to be in the database or not. */
    boolean isSure() {
        return !unsure;
    }
}
