package app.patter.stream;

import java.util.Optional;

/** Where one subscriber gets what it misses of what it was given access to. */
interface FrameSource {

    /**
     * What comes after a position, without asking the database.
     *
     * @param upTo a revision that is committed, as a wake-up said
     * @return empty if only the database can tell
     */
    Optional<Frame> cached(long position, long upTo);

    /**
     * What comes after a position, from the database.
     *
     * @return empty if the conversation is gone
     */
    Optional<Frame> read(long position);

    /**
     * Whether this subscriber is a page: it shows a list of conversations, which says where answers are being written, and
     * its script sees no comments, so a sign of life must be an event.
     */
    boolean forPages();
}
