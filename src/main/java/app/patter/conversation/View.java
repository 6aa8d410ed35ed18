package app.patter.conversation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a conversation a page shows. Whatever is read, rendered or kept for pages is for one view.
 *
 * @param message a message of the branch; null for the branch that ends at whatever message is the newest of all
 * @param whole   whether the branch continues after the message, to the newest one that follows it
 */
public record View(@Nullable UUID message, boolean whole) {

    /** The newest branch. */
    public static final View NEWEST = new View(null, true);

    /** The branch through a message to the newest of those that follow it, directly or not; null for the newest branch. */
    public static View through(@Nullable UUID message) {
        return message == null ? NEWEST : new View(message, true);
    }

    /** What leads to a message, which comes last. */
    public static View upTo(UUID message) {
        return new View(message, false);
    }
}
