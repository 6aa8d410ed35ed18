package app.patter.conversation;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.NamedQuery;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The place of a {@link Message} in the tree of its conversation, and when it came and went. */
@MappedSuperclass
@NamedQuery(
        name = TreeNode.NEWEST,
        query = "select m from Message m where m.conversation = :conversation and m.removed = 0"
                + " and m.born <= :revision order by m.conversation desc, m.removed desc, m.sequence desc")
@NamedQuery(
        name = TreeNode.LAST,
        query = "select m.sequence from Message m where m.conversation = :conversation"
                + " order by m.conversation desc, m.sequence desc")
@NamedQuery(
        name = TreeNode.REMOVED,
        query = "select m.id, m.parent, m.sequence, m.born, m.removed from Message m"
                + " where m.conversation = :conversation and m.removed > :revision and m.born <= :revision")
@NamedQuery(
        name = TreeNode.LINKS,
        query =
                "select m.id, m.parent, m.sequence, m.born, m.removed from Message m where m.conversation = :conversation"
                        + " and m.sequence between :first and :last order by m.sequence desc")
@NamedQuery(
        name = TreeNode.CHILDREN,
        query = "select m.parent, m.id from Message p, Message m where p.conversation = :conversation"
                + " and p.sequence between :first and :last and m.parent = p.id and m.removed = 0 order by m.sequence")
@NamedQuery(
        name = TreeNode.ROOTS,
        query = "select m.id from Message m where m.conversation = :conversation and m.parent is null"
                + " and m.removed = 0 order by m.sequence")
@NamedQuery(
        name = TreeNode.TOUCH_ROOTS,
        query = "update Message m set m.revision = :revision where m.conversation = :conversation"
                + " and m.parent is null and m.removed = 0")
@NamedQuery(
        name = TreeNode.TOUCH_CHILDREN,
        query = "update Message m set m.revision = :revision where m.parent = :parent and m.removed = 0")
@NamedQuery(
        name = TreeNode.ALTERNATIVES,
        query = "select m.parent, m.id from Message m where m.parent in :parents and m.removed = 0"
                + " order by m.sequence")
public abstract class TreeNode {

    /** Ordered by all of an index, which lets H2 read only the first of it. */
    static final String NEWEST = "Message.newest";

    /** Sequence numbers, the highest first. */
    static final String LAST = "Message.last";

    /** What {@link #LINKS} says of those that were there at a revision and have been deleted since. */
    static final String REMOVED = "Message.removed";

    /** Id, parent, sequence number and the revisions of coming and going of those from {@code :first} to {@code :last}, newest first. */
    static final String LINKS = "Message.links";

    /** Parent and id of those whose parents are from {@code :first} to {@code :last}. */
    static final String CHILDREN = "Message.children";

    /** Ids of those that follow none. */
    static final String ROOTS = "Message.roots";

    /** The number of versions that readers see has changed. */
    static final String TOUCH_ROOTS = "Message.touchRoots";

    static final String TOUCH_CHILDREN = "Message.touchChildren";

    static final String ALTERNATIVES = "Message.alternatives";

    @Id
    private UUID id;

    @Column(name = "conversation_id", nullable = false)
    private UUID conversation;

    @Convert(converter = NullableUuidConverter.class)
    @Column(name = "parent_id")
    private @Nullable UUID parent;

    @Column(nullable = false)
    private long sequence;

    @Column(nullable = false)
    private long born;

    @Column(nullable = false)
    private long revision;

    @Column(nullable = false)
    private long removed;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected TreeNode() {}

    TreeNode(UUID id, Place place, long revision) {
        this.id = id;
        this.conversation = place.conversation();
        this.parent = place.parent();
        this.sequence = place.sequence();
        this.born = revision;
        this.revision = revision;
    }

    public UUID id() {
        return id;
    }

    public UUID conversation() {
        return conversation;
    }

    /** The message that this one answers or follows; null for the first of a conversation. */
    public @Nullable UUID parent() {
        return parent;
    }

    /** Position in its conversation, from 1; never used twice. */
    public long sequence() {
        return sequence;
    }

    /** The conversation's revision with which this message came. */
    public long born() {
        return born;
    }

    /** The conversation's revision with which this row last changed; segments have their own. */
    public long revision() {
        return revision;
    }

    /** The conversation's revision with which this message was deleted; 0 while it is there. */
    public long removed() {
        return removed;
    }
}
