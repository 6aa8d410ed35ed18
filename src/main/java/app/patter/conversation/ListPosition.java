package app.patter.conversation;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in the list of somebody's conversations, last used first: behind the one with this time and id. It stays where it
 * is while others move. Immutable.
 */
public record ListPosition(OffsetDateTime updated, UUID id) {

    private static final char BETWEEN = '_';

    /** The place behind a conversation. */
    public static ListPosition behind(Conversation conversation) {
        return new ListPosition(conversation.updated(), conversation.id());
    }

    /** Reads what {@link #toString} has written; empty if that is something else. */
    public static Optional<ListPosition> parse(String text) {
        int between = text.indexOf(BETWEEN);
        if (between < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ListPosition(
                    OffsetDateTime.parse(text.substring(0, between)), UUID.fromString(text.substring(between + 1))));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** For addresses. */
    @Override
    public String toString() {
        return updated.toString() + BETWEEN + id;
    }
}
