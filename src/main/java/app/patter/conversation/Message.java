package app.patter.conversation;

import app.patter.chat.Role;
import app.patter.chat.TokenUsage;
import app.patter.text.CodedText;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One turn of a person or the assistant. {@link MessageRows} makes them. */
@Entity
@Table(name = "message")
@NamedQuery(
        name = Message.FENCES,
        query = "select m.id, m.fence, m.state, c.id, c.revision from Message m, Conversation c"
                + " where m.id in :ids and c.id = m.conversation")
@NamedQuery(
        name = Message.ENTER,
        query = "update Message m set m.state = :state, m.revision = :revision, m.model = :model"
                + " where m.id = :id and m.fence = :fence")
@NamedQuery(
        name = Message.END,
        query = "update Message m set m.state = :state, m.revision = :revision, m.model = :model, m.error = :error,"
                + " m.finish = :finish, m.used.input = :input_tokens, m.used.output = :output_tokens,"
                + " m.used.cached = :cached_tokens, m.used.reasoning = :reasoning_tokens, m.used.cost = :cost,"
                + " m.ended = :ended"
                + " where m.id = :id and m.fence = :fence")
@NamedQuery(
        name = Message.TAKE_OVER,
        query = "update Message m set m.state = :state, m.fence = m.fence + 1, m.revision = :revision,"
                + " m.problem = null, m.error = null, m.finish = null, m.ended = :now where m.id = :id")
@NamedQuery(
        name = Message.RESUME,
        query = "update Message m set m.state = :state, m.fence = m.fence + 1, m.revision = :revision,"
                + " m.problem = null, m.error = null, m.finish = null, m.node = :node, m.ended = null where m.id = :id")
@NamedQuery(name = Message.TOUCH, query = "update Message m set m.revision = :revision where m.id = :id")
@NamedQuery(
        name = Message.ABANDONED,
        query = "select m.conversation, m.id from Message m where m.state in :active and (m.node is null or m.node in"
                + " (select n.id from Node n where n.leaseUntil < :now)) and (m.node is null or m.node <> :self)")
@NamedQuery(name = Message.WITH_IDS, query = "select m from Message m where m.id in :ids")
@NamedQuery(
        name = Message.IN_RANGE,
        query = "select m from Message m where m.conversation = :conversation"
                + " and m.sequence between :first and :last order by m.sequence")
@NamedQuery(
        name = Message.CHANGED,
        query = "select m from Message m where m.conversation = :conversation and m.revision > :position")
@NamedQuery(
        name = Message.CHANGING,
        query = "select m from Message m where m.conversation = :conversation and m.state in :active")
@NamedQuery(
        name = Message.SINCE,
        query = "select m from Message m where m.conversation = :conversation and m.sequence > :since"
                + " and m.removed = 0 order by m.conversation, m.sequence")
@NamedQuery(
        name = Message.RUNNING,
        // Not a join, for which H2 goes through all conversations of the account.
        query = "select distinct m.conversation from Message m where m.state in :active"
                + " and exists (select c from Conversation c where c.id = m.conversation and c.owner = :owner)")
@NamedQuery(
        name = Message.ACTIVE,
        query = "select m.id from Message m where m.conversation = :conversation and m.state in :active"
                + " order by m.sequence")
public class Message extends Removal {

    /** Id, fence and state of {@code :ids}, with the id and the revision of their conversations. */
    public static final String FENCES = "Message.fences";

    /** A running generation enters another phase. */
    public static final String ENTER = "Message.enter";

    /** A running generation ends. Each parameter but the condition's is called like its column. */
    public static final String END = "Message.end";

    /** Somebody else than the running generation ends it; its later saves are refused by the raised fence. */
    public static final String TAKE_OVER = "Message.takeOver";

    /** An ended message goes on under a new generation. */
    public static final String RESUME = "Message.resume";

    /** Conversation and id of messages whose node's lease ended. */
    public static final String ABANDONED = "Message.abandoned";

    /** Something about it has changed that is not in its row. */
    static final String TOUCH = "Message.touch";

    static final String WITH_IDS = "Message.withIds";

    static final String IN_RANGE = "Message.inRange";

    /** What {@link #CHANGING} adds is not asked with it, because "or" keeps databases from using an index. */
    static final String CHANGED = "Message.changed";

    static final String CHANGING = "Message.changing";

    /** Ordered by the conversation too, which lets H2 read only the beginning of an index. */
    static final String SINCE = "Message.since";

    static final String ACTIVE = "Message.active";
    static final String RUNNING = "Message.running";

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Role role;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private MessageState state;

    @Column(nullable = false)
    private long fence;

    @Convert(converter = NullableUuidConverter.class)
    @Column(name = "node_id")
    private @Nullable UUID node;

    @Column
    private @Nullable String model;

    /** The words of rows from before there were codes. */
    @Column
    private @Nullable String problem;

    @Column
    private @Nullable String error;

    @Column
    private @Nullable String finish;

    /** Null where none of its columns has a value. */
    @Embedded
    private @Nullable UsageColumns used;

    @Column(nullable = false)
    private OffsetDateTime created;

    @Column
    private @Nullable OffsetDateTime ended;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Message() {}

    /**
     * A new message.
     *
     * @param model    that answers; null for a person's message
     * @param node     that writes it; null for a person's message
     * @param revision the one that the conversation has now
     */
    Message(
            UUID id,
            Place place,
            Role role,
            MessageState state,
            @Nullable String model,
            @Nullable UUID node,
            long revision,
            OffsetDateTime now) {
        super(id, place, revision);
        this.role = role;
        this.state = state;
        this.fence = 1;
        this.node = node;
        this.model = model;
        this.created = now;
        this.ended = state.active() ? null : now;
    }

    /** Who wrote it: {@link Role#USER} or {@link Role#ASSISTANT}. */
    public Role role() {
        return role;
    }

    public MessageState state() {
        return state;
    }

    /** Raised whenever another generation, or a stop from elsewhere, takes the message over. */
    public long fence() {
        return fence;
    }

    /** Id of the model that answers; null for a person's message. */
    public @Nullable String model() {
        return model;
    }

    /** Why it failed, for the person; null unless it did. */
    public @Nullable CodedText error() {
        return CodedText.stored(error, problem);
    }

    /** Why the model ended, in the provider's word; null while unknown. */
    public @Nullable String finish() {
        return finish;
    }

    /** What the answer has used; null if nobody has counted. */
    public @Nullable TokenUsage used() {
        return used == null ? null : used.usage();
    }

    public OffsetDateTime created() {
        return created;
    }

    public @Nullable OffsetDateTime ended() {
        return ended;
    }
}
