package app.patter.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The counter that every change of a conversation raises first, and that makes reads of several tables consistent. */
@ApplicationScoped
public class Revisions {

    private static final int CAREFUL_READS = 3;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Event<ConversationAdvanced> advanced;

    /**
     * Raises the revision of each conversation in the running transaction and locks them until it ends. Readers are
     * woken when it succeeded. Conversations that do not exist are missing from the answer.
     *
     * @return the new revisions
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<UUID, Long> raise(Collection<UUID> conversations) {
        raiseSilently(conversations);
        Map<UUID, Long> revisions = new HashMap<>();
        for (List<UUID> ids : IdBatches.of(conversations)) {
            List<Object[]> rows = entities.createNamedQuery(Conversation.REVISIONS, Object[].class)
                    .setParameter("ids", ids)
                    .getResultList();
            for (Object[] row : rows) {
                revisions.put((UUID) row[0], (Long) row[1]);
            }
        }
        revisions.forEach((conversation, revision) -> advanced.fire(new ConversationAdvanced(conversation, revision)));
        return revisions;
    }

    /** Wakes readers of a conversation that begins, when the running transaction has succeeded. */
    void begun(Conversation conversation) {
        advanced.fire(new ConversationAdvanced(conversation.id(), conversation.revision()));
    }

    /** Like {@link #raise}, for a caller that reads the revisions and wakes readers itself, having something to give them. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void raiseSilently(Collection<UUID> conversations) {
        IdBatches.of(conversations).forEach(this::lockAndRaise);
    }

    /**
     * Raises the revision of one conversation for whoever may write it, which makes everybody else wait until this
     * transaction ends.
     *
     * @return the new revision
     * @throws UnknownConversationException if it does not exist any more
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public long raise(Access access) {
        access.requireWrite();
        Long revision = raise(List.of(access.conversation())).get(access.conversation());
        if (revision == null) {
            throw new UnknownConversationException();
        }
        return revision;
    }

    /** SQL, because EclipseLink writes the ids of a JPQL update with a sum into its text, to be parsed anew each time. */
    private void lockAndRaise(List<UUID> ids) {
        String places = String.join(", ", Collections.nCopies(ids.size(), "cast(? as uuid)"));
        Query query = entities.createNativeQuery(
                "update conversation set revision = revision + 1 where id in (" + places + ")");
        for (int i = 0; i < ids.size(); i++) {
            query.setParameter(i + 1, ids.get(i).toString());
        }
        query.executeUpdate();
    }

    /**
     * Answers what {@code read} finds at one single revision, although it may ask several times: when the revision moved
     * meanwhile it is asked again, and at last with the conversation locked.
     */
    @Transactional
    public <T> Optional<T> consistent(UUID conversation, Function<Head, Optional<T>> read) {
        for (int tries = 0; tries < CAREFUL_READS; tries++) {
            Head head = head(conversation);
            if (head == null) {
                return Optional.empty();
            }
            Optional<T> found = read.apply(head);
            if (current(conversation) == head.revision()) {
                return found;
            }
            entities.clear();
        }
        entities.createNamedQuery(Conversation.LOCK)
                .setParameter("id", conversation)
                .executeUpdate();
        return Optional.ofNullable(head(conversation)).flatMap(read);
    }

    /** What a conversation has besides its messages. */
    record Head(String title, @Nullable String model, long revision) {}

    private @Nullable Head head(UUID conversation) {
        return entities.createNamedQuery(Conversation.HEAD, Object[].class)
                .setParameter("id", conversation)
                .getResultStream()
                .findFirst()
                .map(row -> new Head((String) row[0], (String) row[1], (Long) row[2]))
                .orElse(null);
    }

    /** The revision that the conversation has now; −1 when it does not exist. */
    @Transactional
    public long current(UUID conversation) {
        return entities.createNamedQuery(Conversation.REVISION, Long.class)
                .setParameter("id", conversation)
                .getResultStream()
                .findFirst()
                .orElse(-1L);
    }
}
