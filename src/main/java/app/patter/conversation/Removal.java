package app.patter.conversation;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.NamedQuery;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Of a {@link Message}, what {@link Deletions} need to delete it and to bring it back. */
@MappedSuperclass
@NamedQuery(
        name = Removal.SHAPE,
        query = "select m.id, m.parent, m.origin, m.role, m.removed from Message m where m.conversation = :conversation"
                + " and m.sequence between :first and :last order by m.sequence")
@NamedQuery(
        name = Removal.END,
        query = "update Message m set m.state = :stopped, m.fence = m.fence + 1, m.ended = :now"
                + " where m.id in :ids and m.state in :unfinished")
@NamedQuery(
        name = Removal.REMOVE,
        query = "update Message m set m.removed = :revision, m.revision = :revision, m.removedAt = :now"
                + " where m.id in :ids")
@NamedQuery(
        name = Removal.UNDOABLE,
        query = "select count(m) from Message m where m.id in :ids and m.removedAt is not null")
@NamedQuery(name = Removal.OVER, query = "select m.id from Message m where m.removedAt < :before order by m.removedAt")
@NamedQuery(name = Removal.PURGED, query = "update Message m set m.removedAt = null where m.id in :ids")
public abstract class Removal extends TreeNode {

    /** Id, parent, origin, role and removal of all from {@code :first} to {@code :last}, in order. */
    static final String SHAPE = "Message.shape";

    /** Ends what is being written. */
    static final String END = "Message.endRemoved";

    static final String REMOVE = "Message.remove";

    static final String UNDOABLE = "Message.undoable";

    /** Those of which it is too late to bring them back. */
    static final String OVER = "Message.over";

    static final String PURGED = "Message.purged";

    /** When it was deleted; null once its text is deleted too. */
    @Column(name = "removed_at")
    private @Nullable OffsetDateTime removedAt;

    @Convert(converter = NullableUuidConverter.class)
    @Column(name = "origin_id")
    private @Nullable UUID origin;

    /** For JPA. */
    protected Removal() {}

    Removal(UUID id, Place place, long revision) {
        super(id, place, revision);
    }

    /** When it was deleted; null while it is there, and once its text is deleted too. */
    @Nullable
    OffsetDateTime removedAt() {
        return removedAt;
    }

    /** What it followed when it was sent, itself if that was nothing; null if nothing has been deleted that changed it. */
    @Nullable
    UUID origin() {
        return origin;
    }
}
