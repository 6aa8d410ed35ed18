package app.patter.conversation;

import app.patter.account.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes conversations. What belongs to somebody else does not exist here. */
@ApplicationScoped
@Transactional
public class Conversations {

    private static final int TITLE = 60;
    private static final String UNTITLED = "New conversation";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    @Inject
    private Transcripts transcripts;

    /** The owner's conversations, last used first. */
    public List<Conversation> of(UUID owner, int most) {
        return entities.createNamedQuery(Conversation.OF_OWNER, Conversation.class)
                .setParameter("owner", owner)
                .setMaxResults(most)
                .getResultList();
    }

    /** The conversation, if it exists and belongs to the owner. */
    public Optional<Conversation> find(UUID owner, UUID conversation) {
        return Optional.ofNullable(entities.find(Conversation.class, conversation))
                .filter(found -> found.owner().equals(owner));
    }

    /**
     * Makes an empty conversation.
     *
     * @param title if blank, the first message gives it one
     * @return whether it was not there before
     * @throws UnknownConversationException if it is somebody else's
     */
    public boolean create(UUID owner, UUID id, String title) {
        entities.find(Account.class, owner, LockModeType.PESSIMISTIC_WRITE);
        Conversation existing = entities.find(Conversation.class, id);
        if (existing != null && !existing.owner().equals(owner)) {
            throw new UnknownConversationException();
        }
        if (existing == null) {
            String first = title.isBlank() ? UNTITLED : title(title);
            entities.persist(new Conversation(id, owner, first, OffsetDateTime.now(ZoneOffset.UTC)));
        }
        return existing == null;
    }

    /**
     * Begins a conversation with a person's message, or does nothing if that was done before with the same id.
     *
     * @param id id of the conversation, chosen by the browser so that a form sent twice counts once
     */
    public Sent begin(UUID owner, UUID id, UUID message, String text, String model, UUID node) {
        // The same form twice at once: the second waits here, and then finds what the first has made.
        entities.find(Account.class, owner, LockModeType.PESSIMISTIC_WRITE);
        Conversation existing = entities.find(Conversation.class, id);
        if (existing != null) {
            if (!existing.owner().equals(owner)) {
                throw new UnknownConversationException();
            }
            return new Sent(id, null);
        }
        entities.persist(new Conversation(id, owner, title(text), OffsetDateTime.now(ZoneOffset.UTC)));
        entities.flush();
        return send(owner, id, message, null, text, model, node);
    }

    /**
     * Adds a person's message and the empty answer to it, or does nothing if the message was sent before.
     *
     * @param id     id of the message, chosen by the browser
     * @param parent message to follow; null for the newest
     * @throws UnknownConversationException if there is no such conversation, or it is somebody else's
     */
    public Sent send(
            UUID owner, UUID conversation, UUID id, @Nullable UUID parent, String text, String model, UUID node) {
        // The lock makes "is it there" and "insert it" one step for two equal posts at once.
        long revision = lock(owner, conversation);
        Message existing = entities.find(Message.class, id);
        if (existing != null) {
            if (!existing.conversation().equals(conversation)) {
                throw new UnknownConversationException();
            }
            return new Sent(conversation, null);
        }
        UUID after = parent == null
                ? transcripts.newest(conversation).map(Message::id).orElse(null)
                : existing(conversation, parent).id();
        if (after == null) {
            entities.createNamedQuery(Conversation.NAME)
                    .setParameter("id", conversation)
                    .setParameter("untitled", UNTITLED)
                    .setParameter("title", title(text))
                    .executeUpdate();
        }
        insert(id, conversation, after, Author.USER, MessageState.DONE, revision, null, null);
        write(id, text, revision);
        return new Sent(conversation, answer(conversation, id, revision, model, node));
    }

    /** The first answer to a message; empty if it has none. */
    public Optional<UUID> answerTo(UUID message) {
        return entities.createNamedQuery(Message.ALTERNATIVES, Object[].class)
                .setParameter("parents", List.of(message))
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(row -> (UUID) row[1]);
    }

    /**
     * Adds another empty answer to the message that the given one answers.
     *
     * @throws UnknownConversationException if there is no such answer for this owner
     */
    public GenerationTicket retry(UUID owner, UUID conversation, UUID message, @Nullable String model, UUID node) {
        long revision = lock(owner, conversation);
        Message first = existing(conversation, message);
        UUID question = first.parent();
        if (first.author() != Author.ASSISTANT || question == null) {
            throw new UnknownConversationException();
        }
        String asked = model == null ? Objects.requireNonNull(first.model(), "answers have a model") : model;
        return answer(conversation, question, revision, asked, node);
    }

    /**
     * Lets an ended answer go on from its saved text.
     *
     * @return empty if it is running already
     * @throws UnknownConversationException if there is no such answer for this owner
     */
    public Optional<GenerationTicket> resume(UUID owner, UUID conversation, UUID message, UUID node) {
        long revision = lock(owner, conversation);
        Message locked = answer(conversation, message);
        if (locked.state().active()) {
            return Optional.empty();
        }
        if (locked.state() != MessageState.WAITING && locked.state() != MessageState.INTERRUPTED) {
            // What was allowed before it ended was allowed for that time; a server that went away decides nothing.
            entities.createNamedQuery(Approval.FORGET)
                    .setParameter("message", message)
                    .executeUpdate();
        }
        entities.createNamedQuery(Message.RESUME)
                .setParameter("id", message)
                .setParameter("state", MessageState.QUEUED)
                .setParameter("revision", revision)
                .setParameter("node", node)
                .executeUpdate();
        List<SegmentRow> rows = transcripts.segments(message);
        List<Segment> segments = Segment.of(rows);
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        int rounds = ModelCall.of(segments).size();
        boolean tools =
                last != null && (last.kind() == SegmentKind.TOOL_CALL || last.kind() == SegmentKind.TOOL_RESULT);
        int round = last == null || tools ? rounds : rounds - 1;
        if (!tools) {
            entities.createNamedQuery(
                            ProviderMessageRow.FORGET) // what it says will be only the beginning of that round
                    .setParameter("message", message)
                    .setParameter("round", round)
                    .executeUpdate();
        }
        return Optional.of(new GenerationTicket(
                conversation,
                message,
                locked.sequence(),
                locked.fence() + 1,
                Objects.requireNonNull(locked.model(), "answers have a model"),
                rows.isEmpty() ? 0 : rows.get(rows.size() - 1).ordinal() + 1,
                last == null ? null : last.kind(),
                last == null ? -1 : last.ordinal(),
                round,
                locked.used()));
    }

    /** An answer, locked until the transaction ends; whoever reads it sees that it may have changed. */
    Message lockAnswer(UUID owner, UUID conversation, UUID message) {
        long revision = lock(owner, conversation);
        entities.createNamedQuery(Message.TOUCH)
                .setParameter("id", message)
                .setParameter("revision", revision)
                .executeUpdate();
        return answer(conversation, message);
    }

    private Message answer(UUID conversation, UUID message) {
        Message found = existing(conversation, message);
        if (found.author() != Author.ASSISTANT) {
            throw new UnknownConversationException();
        }
        return found;
    }

    /** Ids of the owner's conversations in which answers are being written, on whatever node. */
    public List<UUID> running(UUID owner) {
        return entities.createNamedQuery(Message.RUNNING, UUID.class)
                .setParameter("owner", owner)
                .setParameter("active", MessageState.ACTIVE)
                .getResultList();
    }

    /** Ids of the conversation's answers that are being written, on whatever node, or wait for a person. */
    public List<UUID> active(UUID conversation) {
        return entities.createNamedQuery(Message.ACTIVE, UUID.class)
                .setParameter("conversation", conversation)
                .setParameter("active", MessageState.UNFINISHED)
                .getResultList();
    }

    /**
     * Ends answers from outside of their generation, which is refused from then on. Those that ended meanwhile stay as
     * they are.
     */
    public void end(UUID conversation, List<UUID> messages, MessageState state) {
        Long revision = revisions.raise(List.of(conversation)).get(conversation);
        if (revision == null) {
            return;
        }
        for (Message message : transcripts.messages(messages)) {
            entities.refresh(message);
            if (!message.state().ended()) {
                takeOver(message.id(), state, revision);
            }
        }
    }

    private void takeOver(UUID message, MessageState state, long revision) {
        entities.createNamedQuery(Message.TAKE_OVER)
                .setParameter("id", message)
                .setParameter("state", state)
                .setParameter("revision", revision)
                .setParameter("now", OffsetDateTime.now(ZoneOffset.UTC))
                .executeUpdate();
    }

    /** Gives a conversation another title, unless it has got one meanwhile. */
    public void name(UUID conversation, String before, String title) {
        if (revisions.raise(List.of(conversation)).isEmpty()) {
            return;
        }
        entities.createNamedQuery(Conversation.NAME)
                .setParameter("id", conversation)
                .setParameter("untitled", before)
                .setParameter("title", title)
                .executeUpdate();
    }

    /** Deletes the conversation and everything in it. */
    public void delete(UUID owner, UUID conversation) {
        lock(owner, conversation);
        entities.remove(entities.getReference(Conversation.class, conversation));
    }

    /** Raises the revision, which makes everybody else wait until this transaction ends. */
    private long lock(UUID owner, UUID conversation) {
        if (find(owner, conversation).isEmpty()) {
            throw new UnknownConversationException();
        }
        Long revision = revisions.raise(List.of(conversation)).get(conversation);
        if (revision == null) {
            throw new UnknownConversationException();
        }
        return revision;
    }

    private Message existing(UUID conversation, UUID message) {
        Message found = entities.find(Message.class, message);
        if (found == null || !found.conversation().equals(conversation)) {
            throw new UnknownConversationException();
        }
        return found;
    }

    private GenerationTicket answer(UUID conversation, UUID question, long revision, String model, UUID node) {
        UUID id = UuidV7.next();
        insert(id, conversation, question, Author.ASSISTANT, MessageState.QUEUED, revision, model, node);
        entities.createNamedQuery(Conversation.TOUCH)
                .setParameter("id", conversation)
                .setParameter("model", model)
                .setParameter("now", OffsetDateTime.now(ZoneOffset.UTC))
                .executeUpdate();
        Message inserted = existing(conversation, id);
        return new GenerationTicket(
                conversation, id, inserted.sequence(), inserted.fence(), model, 0, null, -1, 0, null);
    }

    /**
     * SQL, because JPA cannot let the INSERT itself choose the sequence number. For {@code max(sequence)} H2 would read all
     * of the conversation's; of the index with this order it reads the first.
     */
    private void insert(
            UUID id,
            UUID conversation,
            @Nullable UUID parent,
            Author author,
            MessageState state,
            long revision,
            @Nullable String model,
            @Nullable UUID node) {
        entities.createNativeQuery("insert into message"
                        + " (id, conversation_id, parent_id, sequence, role, state, fence, node_id, model,"
                        + " born, revision, created, ended)"
                        + " values (cast(?1 as uuid), cast(?2 as uuid), cast(?3 as uuid),"
                        + " coalesce((select sequence from message where conversation_id = cast(?4 as uuid)"
                        + " order by conversation_id desc, sequence desc fetch first 1 rows only), 0) + 1,"
                        + " ?5, ?6, 1, cast(?7 as uuid), cast(?8 as varchar), ?9, ?10, current_timestamp, "
                        + (state.active() ? "null)" : "current_timestamp)"))
                .setParameter(1, id.toString())
                .setParameter(2, conversation.toString())
                .setParameter(3, parent == null ? null : parent.toString())
                .setParameter(4, conversation.toString())
                .setParameter(5, author.name())
                .setParameter(6, state.name())
                .setParameter(7, node == null ? null : node.toString())
                .setParameter(8, model)
                .setParameter(9, revision)
                .setParameter(10, revision)
                .executeUpdate();
    }

    private void write(UUID message, String text, long revision) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        int ordinal = 0;
        for (int from = 0, to; from < text.length(); from = to, ordinal++) {
            to = SegmentRow.rowEnd(text, from);
            entities.persist(new SegmentRow(
                    UuidV7.next(),
                    message,
                    ordinal,
                    SegmentKind.TEXT,
                    ordinal > 0,
                    text.substring(from, to),
                    revision,
                    now,
                    now));
        }
    }

    /** The first words of a text, which are a conversation's title until it gets another. */
    public static String title(String text) {
        String line = text.strip().lines().findFirst().orElse("").strip();
        if (line.codePointCount(0, line.length()) <= TITLE) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, TITLE));
        int blank = cut.lastIndexOf(' ');
        return (blank > TITLE / 2 ? cut.substring(0, blank) : cut) + "…";
    }

    /**
     * What became of a post.
     *
     * @param ticket the answer to write; null if the post repeated an earlier one
     */
    public record Sent(UUID conversation, @Nullable GenerationTicket ticket) {}
}
