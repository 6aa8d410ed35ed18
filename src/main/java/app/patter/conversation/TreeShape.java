package app.patter.conversation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What follows what in a conversation, with what has been deleted and without. Immutable; pure. */
final class TreeShape {

    /**
     * A message of the tree.
     *
     * @param parent  what it follows now, or followed when it was deleted
     * @param origin  what it followed when it was sent, itself if that was nothing; null if that is the parent
     * @param answer  whether it is an answer, which nobody understands without its question
     * @param removed revision at which it was deleted; 0 while it is there
     */
    record Node(UUID id, @Nullable UUID parent, @Nullable UUID origin, boolean answer, long removed) {

        @Nullable
        UUID firstParent() {
            return origin == null ? parent : origin.equals(id) ? null : origin;
        }
    }

    /** In the order in which they came: what a message follows stands before it. */
    private final Map<UUID, Node> nodes = new HashMap<>();

    private final List<Node> ordered;

    TreeShape(List<Node> ordered) {
        this.ordered = List.copyOf(ordered);
        ordered.forEach(node -> nodes.put(node.id(), node));
    }

    /** The message and all that follow it, directly or not, as far as they are there. */
    Set<UUID> branch(UUID message) {
        Set<UUID> found = new HashSet<>();
        for (Node node : ordered) {
            if (node.removed() == 0 && (node.id().equals(message) || found.contains(node.parent()))) {
                found.add(node.id());
            }
        }
        return found;
    }

    /** The question and its answers, as far as they are there. */
    Set<UUID> exchange(UUID question) {
        Set<UUID> found = new HashSet<>();
        for (Node node : ordered) {
            if (node.removed() == 0
                    && (node.id().equals(question) || (node.answer() && question.equals(node.parent())))) {
                found.add(node.id());
            }
        }
        return found;
    }

    /** What was deleted at a revision, and the questions of its answers that were deleted since. */
    Set<UUID> removedAt(long revision) {
        Set<UUID> found = new HashSet<>();
        for (Node node : ordered) {
            if (node.removed() == revision) {
                found.add(node.id());
                UUID parent = node.firstParent();
                Node question = node.answer() && parent != null ? nodes.get(parent) : null;
                if (question != null && question.removed() != 0) {
                    found.add(question.id());
                }
            }
        }
        return found;
    }

    /**
     * What each message has to follow that would follow another than now. A message follows the nearest one that is there of
     * those before it when it was sent.
     *
     * @param gone messages that are no longer there
     * @param back messages that are there again
     * @return by id of the message; null for one that follows none
     */
    Map<UUID, @Nullable UUID> moves(Set<UUID> gone, Set<UUID> back) {
        Map<UUID, @Nullable UUID> nearest = new HashMap<>(); // of each message, the one that is there, itself included
        Map<UUID, @Nullable UUID> moves = new HashMap<>();
        for (Node node : ordered) {
            UUID first = node.firstParent();
            UUID parent = first == null ? null : nearest.get(first);
            boolean there = back.contains(node.id()) || (node.removed() == 0 && !gone.contains(node.id()));
            nearest.put(node.id(), there ? node.id() : parent);
            if (there && !Objects.equals(parent, node.parent())) {
                moves.put(node.id(), parent);
            }
        }
        return moves;
    }

    /** What these messages follow; null is in it if one follows none. */
    Set<@Nullable UUID> parents(Set<UUID> messages) {
        Set<@Nullable UUID> parents = new HashSet<>();
        for (Node node : ordered) {
            if (messages.contains(node.id())) {
                parents.add(node.parent());
            }
        }
        return parents;
    }

    /** The nearest message that is there and stands before another one; null if none does. */
    @Nullable
    UUID before(UUID message, Set<UUID> gone) {
        Node node = nodes.get(message);
        while (node != null && (node.removed() != 0 || gone.contains(node.id()))) {
            UUID parent = node.firstParent();
            node = parent == null ? null : nodes.get(parent);
        }
        return node == null ? null : node.id();
    }
}
