package app.patter.conversation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tree of messages with an owner, a title and a revision. */
@Entity
@Table(name = "conversation")
@NamedQuery(name = Conversation.REVISIONS, query = "select c.id, c.revision from Conversation c where c.id in :ids")
@NamedQuery(name = Conversation.REVISION, query = "select c.revision from Conversation c where c.id = :id")
@NamedQuery(name = Conversation.ALL_REVISIONS, query = "select c.id, c.revision from Conversation c")
@NamedQuery(
        name = Conversation.INDEXED,
        query = "select c.owner, c.title, c.revision from Conversation c where c.id = :id")
@NamedQuery(name = Conversation.WITH_IDS, query = "select c from Conversation c where c.id in :ids")
@NamedQuery(
        name = Conversation.HEAD,
        query = "select c.title, c.model, c.revision from Conversation c where c.id = :id")
@NamedQuery(
        name = Conversation.OPENING,
        query = "select c.title, q.id from Message a, Message q, Conversation c where a.id = :answer"
                + " and c.id = a.conversation and c.id = :conversation and q.id = a.parent and q.parent is null")
@NamedQuery(name = Conversation.LOCK, query = "update Conversation c set c.revision = c.revision where c.id = :id")
@NamedQuery(
        name = Conversation.TOUCH,
        query = "update Conversation c set c.model = :model, c.updated = :now where c.id = :id")
@NamedQuery(
        name = Conversation.NAME,
        query = "update Conversation c set c.title = :title where c.id = :id and c.title = :untitled")
@NamedQuery(
        name = Conversation.GIVE,
        query = "update Conversation c set c.owner = :heir, c.revision = c.revision + 1 where c.owner = :owner")
@NamedQuery(
        name = Conversation.OF_OWNER,
        query = "select c from Conversation c where c.owner = :owner order by c.updated desc, c.id")
@NamedQuery(
        name = Conversation.OF_OWNER_AFTER,
        // The first condition is what an index serves.
        query = "select c from Conversation c where c.owner = :owner and c.updated <= :updated"
                + " and (c.updated < :updated or c.id > :id) order by c.updated desc, c.id")
public class Conversation {

    /** Pairs of id and revision of {@code :ids}. */
    public static final String REVISIONS = "Conversation.revisions";

    static final String REVISION = "Conversation.revision";

    /** Those of {@code :owner} that stand behind one of {@code :updated} and {@code :id}, in the same order. */
    static final String OF_OWNER_AFTER = "Conversation.ofOwnerAfter";

    /** The title, and the id of the question that {@code :answer} answers, if that is a first question. */
    static final String OPENING = "Conversation.opening";

    static final String ALL_REVISIONS = "Conversation.allRevisions";
    static final String INDEXED = "Conversation.indexed";
    static final String WITH_IDS = "Conversation.withIds";
    static final String GIVE = "Conversation.give";
    static final String HEAD = "Conversation.head";
    static final String LOCK = "Conversation.lock";
    static final String NAME = "Conversation.name";
    static final String TOUCH = "Conversation.touch";
    static final String OF_OWNER = "Conversation.ofOwner";

    @Id
    private UUID id;

    @Column(name = "owner_id", nullable = false)
    private UUID owner;

    @Column(nullable = false)
    private String title;

    @Column
    private @Nullable String model;

    @Column(nullable = false)
    private long revision;

    @Column(nullable = false)
    private OffsetDateTime created;

    @Column(nullable = false)
    private OffsetDateTime updated;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Conversation() {}

    Conversation(UUID id, UUID owner, String title, OffsetDateTime now) {
        this.id = id;
        this.owner = owner;
        this.title = title;
        this.created = now;
        this.updated = now;
    }

    /** One that begins with a message, which is its first change. */
    static Conversation begun(UUID id, UUID owner, String title, String model, OffsetDateTime now) {
        Conversation begun = new Conversation(id, owner, title, now);
        begun.model = model;
        begun.revision = 1;
        return begun;
    }

    public UUID id() {
        return id;
    }

    public UUID owner() {
        return owner;
    }

    public String title() {
        return title;
    }

    /** Id of the model last chosen here; null before the first message. */
    public @Nullable String model() {
        return model;
    }

    public long revision() {
        return revision;
    }

    public OffsetDateTime updated() {
        return updated;
    }
}
