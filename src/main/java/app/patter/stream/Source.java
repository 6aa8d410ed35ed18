package app.patter.stream;

import java.util.Optional;
import java.util.UUID;

/** Where readers of one kind get what they miss. */
interface Source {

    /**
     * What comes after a position.
     *
     * @param upTo a revision that is committed, as a wake-up said
     * @return empty if the conversation is gone, or no longer the owner's
     */
    Optional<Frame> after(UUID owner, UUID conversation, long position, long upTo);

    /**
     * Whether these readers are pages: they show a list of conversations, which says where answers are being written, and
     * their scripts see no comments, so a sign of life must be an event.
     */
    boolean forPages();
}
