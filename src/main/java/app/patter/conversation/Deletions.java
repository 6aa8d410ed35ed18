package app.patter.conversation;

import app.patter.chat.Role;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deletes messages, and brings them back for a while. Their rows stay: a sequence number is never given twice, and whoever
 * has them on a page learns that they have gone. What followed them follows what is before them.
 */
@ApplicationScoped
@Transactional
public class Deletions {

    /** How long what was deleted can be brought back. */
    public static final Duration UNDO = Duration.ofMinutes(10);

    /** Messages whose texts are deleted for good at once. */
    private static final int PURGED = 200;

    private static final int RANGE = 1_024;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    private MessageRows rows;

    @PostConstruct
    void start() {
        rows = new MessageRows(entities);
    }

    /** How much is deleted. */
    public enum Scope {
        /** A question and its answers; what follows them stays. */
        EXCHANGE,
        /** A message and everything that follows it. */
        BRANCH
    }

    /**
     * What was deleted.
     *
     * @param revision by which it can be brought back
     * @param before   what is left before it; null if it was at the beginning
     */
    public record Deletion(
            long revision, Set<UUID> messages, @Nullable UUID before) {}

    /** Ids of those messages that would be deleted. */
    public Set<UUID> concerned(Access access, UUID message, Scope scope) {
        return concerned(shape(access.conversation()), rows.there(access.conversation(), message), scope);
    }

    private static Set<UUID> concerned(TreeShape shape, Message message, Scope scope) {
        if (scope == Scope.BRANCH) {
            return shape.branch(message.id());
        }
        UUID question = message.role() == Role.ASSISTANT ? message.parent() : null;
        return shape.exchange(question == null ? message.id() : question);
    }

    /**
     * Deletes a message and what belongs to it. Answers that are being written end.
     *
     * @throws UnknownConversationException if there is no such message in the conversation
     * @throws WrongMessageException        if it has been deleted before
     */
    public Deletion delete(Access access, UUID message, Scope scope) {
        UUID conversation = access.conversation();
        long revision = revisions.raise(access);
        Message found = rows.there(conversation, message);
        TreeShape shape = shape(conversation);
        Set<UUID> gone = concerned(shape, found, scope);
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        for (List<UUID> ids : IdBatches.of(gone)) {
            entities.createNamedQuery(Removal.END)
                    .setParameter("ids", ids)
                    .setParameter("unfinished", MessageState.UNFINISHED)
                    .setParameter("stopped", MessageState.STOPPED)
                    .setParameter("now", now)
                    .executeUpdate();
            entities.createNamedQuery(Removal.REMOVE)
                    .setParameter("ids", ids)
                    .setParameter("revision", revision)
                    .setParameter("now", now)
                    .executeUpdate();
        }
        move(conversation, shape, gone, shape.moves(gone, Set.of()), revision);
        return new Deletion(revision, gone, shape.before(message, gone));
    }

    /**
     * Brings back what was deleted.
     *
     * @param revision as {@link Deletion#revision()} told
     * @throws WrongMessageException if it is too late, or was done before
     */
    public void undo(Access access, long revision) {
        UUID conversation = access.conversation();
        long now = revisions.raise(access);
        TreeShape shape = shape(conversation);
        Set<UUID> back = shape.removedAt(revision);
        if (revision <= 0 || back.isEmpty() || !canUndo(back)) {
            throw new WrongMessageException(WrongMessageException.Reason.GONE);
        }
        for (List<UUID> ids : IdBatches.of(back)) {
            restore(ids, now);
        }
        move(conversation, shape, back, shape.moves(Set.of(), back), now);
    }

    /** They are there again as if they came now. That they have an origin tells that a page may have shown them before. */
    private void restore(List<UUID> messages, long revision) {
        Query restore = entities.createNativeQuery("update message set removed = 0, born = ?, revision = ?,"
                + " removed_at = null, origin_id = coalesce(origin_id, parent_id, id) where id in "
                + places(messages));
        restore.setParameter(1, revision);
        restore.setParameter(2, revision);
        fill(restore, 3, messages);
        restore.executeUpdate();
    }

    private static String places(List<UUID> ids) {
        return "(" + String.join(", ", Collections.nCopies(ids.size(), "cast(? as uuid)")) + ")";
    }

    private static void fill(Query query, int first, List<UUID> ids) {
        for (int i = 0; i < ids.size(); i++) {
            query.setParameter(first + i, ids.get(i).toString());
        }
    }

    private boolean canUndo(Set<UUID> messages) {
        long undoable = 0;
        for (List<UUID> ids : IdBatches.of(messages)) {
            undoable += entities.createNamedQuery(Removal.UNDOABLE, Long.class)
                    .setParameter("ids", ids)
                    .getSingleResult();
        }
        return undoable == messages.size();
    }

    /**
     * Lets messages follow others, and readers see that some have more versions now, or fewer. SQL, because JPA providers
     * differ in how they pass a UUID that is null.
     *
     * @param changed messages that have come or gone
     */
    private void move(
            UUID conversation, TreeShape shape, Set<UUID> changed, Map<UUID, @Nullable UUID> moves, long revision) {
        moves.forEach((message, parent) -> entities.createNativeQuery(
                        "update message set origin_id = coalesce(origin_id, parent_id), parent_id = cast(?1 as uuid),"
                                + " revision = ?2 where id = cast(?3 as uuid)")
                .setParameter(1, parent == null ? null : parent.toString())
                .setParameter(2, revision)
                .setParameter(3, message.toString())
                .executeUpdate());
        Set<@Nullable UUID> parents = shape.parents(changed);
        parents.addAll(shape.parents(moves.keySet()));
        parents.addAll(moves.values());
        parents.removeAll(changed);
        parents.forEach(parent -> rows.touchVersions(conversation, parent, revision));
    }

    private TreeShape shape(UUID conversation) {
        long last = rows.last(conversation);
        List<TreeShape.Node> nodes = new ArrayList<>();
        for (long first = 1; first <= last; first += RANGE) {
            new SequenceRange(first, Math.min(last, first + RANGE - 1))
                    .read(entities, Removal.SHAPE, Object[].class, conversation)
                    .map(row -> new TreeShape.Node(
                            (UUID) row[0], (UUID) row[1], (UUID) row[2], row[3] == Role.ASSISTANT, (Long) row[4]))
                    .forEach(nodes::add);
        }
        return new TreeShape(nodes);
    }

    /**
     * Deletes the texts of some messages that can no longer be brought back.
     *
     * @return whether there may be more
     */
    public boolean purge() {
        List<UUID> over = entities.createNamedQuery(Removal.OVER, UUID.class)
                .setParameter("before", OffsetDateTime.now(ZoneOffset.UTC).minus(UNDO))
                .setMaxResults(PURGED)
                .getResultList();
        for (List<UUID> ids : IdBatches.of(over)) {
            for (String table : List.of("message_segment", "native_turn", "tool_image", "tool_approval")) {
                purge(table, ids);
            }
            entities.createNamedQuery(Removal.PURGED).setParameter("ids", ids).executeUpdate();
        }
        return over.size() == PURGED;
    }

    /** SQL, for images are not an entity of this package. */
    private void purge(String table, List<UUID> messages) {
        Query delete = entities.createNativeQuery("delete from " + table + " where message_id in " + places(messages));
        fill(delete, 1, messages);
        delete.executeUpdate();
    }
}
