package app.patter.cluster;

import app.patter.conversation.Message;
import app.patter.conversation.MessageState;
import app.patter.conversation.MessageStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The running servers that share the database, this one among them. */
@ApplicationScoped
@Transactional
public class Nodes {

    /** How long a node counts as running after it was heard of last. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final UUID self = UUID.randomUUID();

    /** Whether no other node can be running. */
    private volatile boolean onlyOne;

    private volatile boolean alone;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private MessageStore messageStore;

    /** Id of this node, new at each start. */
    public UUID self() {
        return self;
    }

    /**
     * Makes this node known.
     *
     * @param alone whether no other node can be running, because the database is a file that this process has locked
     */
    public void enter(boolean alone) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        entities.createNamedQuery(Node.FORGET)
                .setParameter("before", alone ? now.plus(REMEMBERED) : now.minus(REMEMBERED))
                .executeUpdate();
        entities.persist(new Node(self, now, now.plus(LEASE)));
        onlyOne = alone;
        this.alone = alone;
    }

    /** Renews this node's lease, and looks for those of others. */
    public void renew() {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        entities.createNamedQuery(Node.RENEW)
                .setParameter("id", self)
                .setParameter("until", now.plus(LEASE))
                .executeUpdate();
        alone = onlyOne
                || entities.createNamedQuery(Node.OTHERS, Long.class)
                                .setParameter("self", self)
                                .setParameter("now", now)
                                .getSingleResult()
                        == 0;
    }

    /** Whether this node was the only one that ran when its lease was renewed last. */
    public boolean alone() {
        return alone;
    }

    /**
     * Marks the answers of nodes that are gone as interrupted.
     *
     * @return how many there were
     */
    public int interruptAbandoned() {
        List<Object[]> rows = entities.createNamedQuery(Message.ABANDONED, Object[].class)
                .setParameter("active", MessageState.ACTIVE)
                .setParameter("now", OffsetDateTime.now(ZoneOffset.UTC))
                .setParameter("self", self)
                .getResultList();
        Map<UUID, List<UUID>> abandoned = new TreeMap<>(); // locked in the same order everywhere
        rows.forEach(row -> abandoned
                .computeIfAbsent((UUID) row[0], id -> new ArrayList<>())
                .add((UUID) row[1]));
        abandoned.forEach(
                (conversation, messages) -> messageStore.end(conversation, messages, MessageState.INTERRUPTED));
        return rows.size();
    }
}
