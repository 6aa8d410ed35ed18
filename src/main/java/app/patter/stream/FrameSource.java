package app.patter.stream;

import java.util.Optional;
import java.util.UUID;

/** Where readers of one kind get what they miss. */
interface FrameSource {

    /**
     * What comes after a position, without asking the database.
     *
     * @param upTo a revision that is committed, as a wake-up said
     * @return empty if only the database can tell
     */
    Optional<Frame> cached(UUID conversation, long position, long upTo);

    /**
     * What comes after a position, from the database.
     *
     * @return empty if the conversation is gone, or no longer the owner's
     */
    Optional<Frame> read(UUID owner, UUID conversation, long position);

    /**
     * Whether these readers are pages: they show a list of conversations, which says where answers are being written, and
     * their scripts see no comments, so a sign of life must be an event.
     */
    boolean forPages();
}
