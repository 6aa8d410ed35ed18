package app.patter.conversation;

import jakarta.persistence.EntityManager;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds which messages are in a view. Needs a running transaction. */
final class Paths {

    /** Messages whose parents are read at once, first and when a path turns out to be long. */
    private static final int FIRST_LINKS = 64;

    private static final int MOST_LINKS = 1_024;

    private final EntityManager entities;
    private final MessageRows rows;

    Paths(EntityManager entities) {
        this.entities = entities;
        this.rows = new MessageRows(entities);
    }

    /** What a path needs to know of a message. */
    record Link(UUID id, @Nullable UUID parent, long sequence) {}

    /** The last message of a view as it was at a revision; empty if nothing of it was there. */
    Optional<Message> last(UUID conversation, View view, long revision) {
        UUID leaf = view.leaf();
        return leaf == null
                ? rows.newest(conversation, revision)
                : rows.find(conversation, leaf).filter(message -> message.born() <= revision);
    }

    /** The messages of a view as it was at a revision, oldest first. */
    List<Link> at(UUID conversation, View view, long revision) {
        return last(conversation, view, revision)
                .map(last -> to(last, Extent.ALL))
                .orElse(List.of());
    }

    /**
     * The message and those before it, oldest first; more than the extent's most if there are more. Read backwards in
     * ranges: H2 makes a new table for each recursive query and plans all other statements anew after it.
     */
    List<Link> to(Message last, Extent extent) {
        Deque<Link> path = new ArrayDeque<>();
        UUID next = last.id();
        long end = last.sequence();
        for (int length = FIRST_LINKS; next != null && end > 0 && path.size() <= extent.most(); ) {
            for (Link link : links(last.conversation(), new SequenceRange(Math.max(1, end - length + 1), end))) {
                if (link.id().equals(next)) {
                    next = link.parent();
                    if (extent.has(link)) {
                        path.addFirst(link);
                    }
                }
            }
            end -= length;
            length = Math.min(2 * length, MOST_LINKS);
        }
        return List.copyOf(path);
    }

    /** All messages in the range, newest first. */
    private List<Link> links(UUID conversation, SequenceRange range) {
        return range.read(entities, Message.LINKS, Object[].class, conversation)
                .map(row -> new Link((UUID) row[0], (UUID) row[1], (Long) row[2]))
                .toList();
    }
}
