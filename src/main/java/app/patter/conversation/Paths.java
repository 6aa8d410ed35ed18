package app.patter.conversation;

import jakarta.persistence.EntityManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds which messages are in a view, now or at an earlier revision. All is read backwards in ranges of sequence numbers:
 * H2 makes a new table for each recursive query and plans all other statements anew after it. Needs a running transaction.
 */
final class Paths {

    /** The revision of what is there now. */
    static final long NOW = Long.MAX_VALUE;

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
    record Link(UUID id, @Nullable UUID parent, long sequence, long born, long removed) {

        static Link of(Message message) {
            return new Link(message.id(), message.parent(), message.sequence(), message.born(), message.removed());
        }

        /** Whether the message was there at a revision. */
        boolean isThere(long revision) {
            return born <= revision && (removed == 0 || removed > revision);
        }
    }

    /** The last message of a view as it was at a revision; empty if nothing of it was there. */
    Optional<Link> last(UUID conversation, View view, long revision) {
        UUID message = view.message();
        if (message == null) {
            return newest(conversation, revision);
        }
        Link anchor = rows.find(conversation, message).map(Link::of).orElse(null);
        if (anchor == null) {
            return Optional.empty();
        }
        if (!view.whole()) {
            return Optional.of(anchor).filter(link -> link.isThere(revision));
        }
        // Of a branch that has been deleted, what is before it is left.
        Link there = anchor.isThere(revision) ? anchor : lastOf(chain(conversation, anchor), revision);
        Link newest = newest(conversation, revision).orElse(null);
        if (there == null || newest == null) {
            return Optional.ofNullable(newest);
        }
        return Optional.of(newestAfter(conversation, there, newest, revision));
    }

    /**
     * Refuses a view through a message that has been deleted.
     *
     * @throws WrongMessageException if it has
     */
    void require(UUID conversation, View view) {
        if (view.whole() && isDeleted(conversation, view)) {
            throw new WrongMessageException(WrongMessageException.Reason.DELETED);
        }
    }

    /** Whether the message of a view has been deleted. */
    boolean isDeleted(UUID conversation, View view) {
        UUID message = view.message();
        return message != null
                && rows.find(conversation, message)
                        .filter(found -> found.removed() != 0)
                        .isPresent();
    }

    private static @Nullable Link lastOf(List<Link> chain, long revision) {
        for (int at = chain.size() - 1; at >= 0; at--) {
            if (chain.get(at).isThere(revision)) {
                return chain.get(at);
            }
        }
        return null;
    }

    private Optional<Link> newest(UUID conversation, long revision) {
        Stream<Link> there = rows.newest(conversation, revision).map(Link::of).stream();
        Stream<Link> before = revision == NOW ? Stream.of() : removed(conversation, revision).stream();
        return Stream.concat(there, before).max(Comparator.comparingLong(Link::sequence));
    }

    /** The messages that were there at a revision and have been deleted since. */
    List<Link> removed(UUID conversation, long revision) {
        return entities.createNamedQuery(TreeNode.REMOVED, Object[].class)
                .setParameter("conversation", conversation)
                .setParameter("revision", revision)
                .getResultStream()
                .map(Paths::link)
                .toList();
    }

    /**
     * The newest message that follows another, directly or not, or that one itself: no other follows the newest, so it is the
     * end of a branch. Going backwards, each message takes with it the newest that is known to follow it.
     */
    private Link newestAfter(UUID conversation, Link anchor, Link newest, long revision) {
        Map<UUID, Link> newestBelow = new HashMap<>();
        long end = newest.sequence();
        for (int length = FIRST_LINKS; end >= anchor.sequence(); ) {
            long first = Math.max(anchor.sequence(), end - length + 1);
            for (Link link : links(conversation, new SequenceRange(first, end))) {
                Link below = newestBelow.remove(link.id());
                Link best = below == null && link.isThere(revision) ? link : below;
                if (link.id().equals(anchor.id())) {
                    return best == null ? anchor : best;
                }
                if (best != null && link.parent() != null) {
                    newestBelow.merge(link.parent(), best, Paths::newer);
                }
            }
            end = first - 1;
            length = Math.min(2 * length, MOST_LINKS);
        }
        return anchor;
    }

    private static Link newer(Link one, Link other) {
        return one.sequence() > other.sequence() ? one : other;
    }

    /** The messages of a view as it was at a revision, oldest first. */
    List<Link> at(UUID conversation, View view, long revision) {
        return last(conversation, view, revision).stream()
                .flatMap(last -> chain(conversation, last).stream())
                .filter(link -> link.isThere(revision))
                .toList();
    }

    private List<Link> chain(UUID conversation, Link last) {
        return to(conversation, last, Extent.ALL);
    }

    /** The message and those before it, oldest first; more than the extent's most if there are more. */
    List<Link> to(UUID conversation, Link last, Extent extent) {
        Deque<Link> path = new ArrayDeque<>();
        UUID next = last.id();
        long end = last.sequence();
        for (int length = FIRST_LINKS; next != null && end > 0 && path.size() <= extent.most(); ) {
            for (Link link : links(conversation, new SequenceRange(Math.max(1, end - length + 1), end))) {
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
        return new ArrayList<>(path);
    }

    /** All messages in the range, deleted ones too, newest first. */
    private List<Link> links(UUID conversation, SequenceRange range) {
        return range.read(entities, TreeNode.LINKS, Object[].class, conversation)
                .map(Paths::link)
                .toList();
    }

    private static Link link(Object[] row) {
        return new Link((UUID) row[0], (UUID) row[1], (Long) row[2], (Long) row[3], (Long) row[4]);
    }
}
