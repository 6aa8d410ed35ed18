package app.patter.conversation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a conversation a page shows. Whatever is read, rendered or kept for pages is for one view.
 *
 * @param leaf the last message of the branch; null for the newest branch, which ends at whatever message is the last
 */
public record View(@Nullable UUID leaf) {

    /** The newest branch. */
    public static final View NEWEST = new View(null);
}
