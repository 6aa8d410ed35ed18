package app.patter.conversation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes the messages of conversations: questions with their empty answers come, answers are resumed and ended. */
@ApplicationScoped
@Transactional
public class MessageStore {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    @Inject
    private AccessControl accessControl;

    private MessageRows rows;
    private Placements placements;

    /** Makes this bean when Patter starts: Payara leaves the entity manager out of one that is made on a thread of ours. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    @PostConstruct
    void start() {
        rows = new MessageRows(entities);
        placements = new Placements(entities);
    }

    /**
     * What became of a post.
     *
     * @param message id of the person's message
     * @param ticket  the answer to write; null if the post repeated an earlier one
     * @param whole   all that a page shows of a conversation that begins with it; null for one that goes on
     */
    public record Sent(
            Access access,
            UUID message,
            @Nullable GenerationTicket ticket,
            @Nullable CatchUp whole) {

        /** For a conversation that goes on. */
        public Sent(Access access, UUID message, @Nullable GenerationTicket ticket) {
            this(access, message, ticket, null);
        }
    }

    /**
     * Begins a conversation with a person's message. Reads nothing: what is written is known.
     *
     * @param id id of the conversation, chosen by the browser so that a form sent twice counts once
     * @throws AlreadyThereException if there is such a conversation or message
     */
    public Sent begin(UUID account, UUID id, UUID message, String text, String model, UUID node) {
        Conversation begun = Conversation.begun(id, account, Conversations.title(text), model, MessageRows.now());
        long revision = begun.revision();
        try {
            entities.persist(begun);
            entities.flush(); // before the rows that refer to it, which JPA does not know
            Message question = rows.insertQuestion(message, new Place(id, null, 1), text, revision);
            Message answer = rows.insertAnswer(new Place(id, message, 2), revision, model, node);
            revisions.begun(begun);
            return new Sent(
                    accessControl.open(account, begun, Permission.WRITE),
                    message,
                    GenerationTicket.first(answer),
                    CatchUp.whole(
                            begun.title(),
                            revision,
                            List.of(Transcript.Entry.first(question, text), Transcript.Entry.first(answer, ""))));
        } catch (PersistenceException e) {
            throw AlreadyThereException.of(e);
        }
    }

    /**
     * Sends a message to a conversation that was begun before.
     *
     * @throws UnknownConversationException if there is no such conversation that the account may write
     */
    public Sent send(UUID account, UUID conversation, UUID id, String text, String model, UUID node) {
        return send(
                accessControl.open(account, conversation, Permission.WRITE), id, Placement.NEWEST, text, model, node);
    }

    /**
     * Adds a person's message and the empty answer to it, or does nothing if the message was sent before. Somebody who
     * did not learn that it was sent may have changed the text and sent it again: that is another message.
     *
     * @param id id of the message, chosen by the browser
     * @throws UnknownConversationException if there is no such conversation, or not what the placement names
     * @throws WrongMessageException        if what the placement names cannot have such a question
     */
    public Sent send(Access access, UUID id, Placement placement, String text, String model, UUID node) {
        UUID conversation = access.conversation();
        // The lock makes "is it there" and "insert it" one step for two equal posts at once.
        long revision = revisions.raise(access);
        UUID own = isThere(conversation, id) && !rows.text(id).equals(text) ? ofOtherText(id, text) : id;
        if (isThere(conversation, own)) {
            return new Sent(access, own, null);
        }
        UUID after = placements.parent(conversation, placement).orElse(null);
        if (after == null) {
            entities.createNamedQuery(Conversation.NAME)
                    .setParameter("id", conversation)
                    .setParameter("untitled", Conversations.UNTITLED)
                    .setParameter("title", Conversations.title(text))
                    .executeUpdate();
        }
        long sequence = rows.last(conversation) + 1;
        rows.insertQuestion(own, new Place(conversation, after, sequence), text, revision);
        if (!placement.equals(Placement.NEWEST)) {
            rows.touchVersions(conversation, after, revision);
        }
        return new Sent(access, own, answer(new Place(conversation, own, sequence + 1), revision, model, node));
    }

    private boolean isThere(UUID conversation, UUID message) {
        Message existing = entities.find(Message.class, message);
        if (existing != null && !existing.conversation().equals(conversation)) {
            throw new UnknownConversationException();
        }
        return existing != null;
    }

    /** The id of a text that was sent under another's id; the same each time, so that it counts once too. */
    private static UUID ofOtherText(UUID id, String text) {
        return UUID.nameUUIDFromBytes((id + text).getBytes(StandardCharsets.UTF_8));
    }

    /** The first answer to a message; empty if it has none. */
    public Optional<UUID> answerTo(UUID message) {
        return entities.createNamedQuery(TreeNode.ALTERNATIVES, Object[].class)
                .setParameter("parents", List.of(message))
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(row -> (UUID) row[1]);
    }

    /**
     * Adds another empty answer to the message that the given one answers.
     *
     * @throws UnknownConversationException if there is no such answer in the conversation
     */
    public GenerationTicket retry(Access access, UUID message, @Nullable String model, UUID node) {
        UUID conversation = access.conversation();
        long revision = revisions.raise(access);
        Message first = rows.answer(conversation, message);
        UUID question = first.parent();
        if (question == null) {
            throw new UnknownConversationException();
        }
        String asked = model == null ? Objects.requireNonNull(first.model(), "answers have a model") : model;
        rows.touchVersions(conversation, question, revision);
        return answer(new Place(conversation, question, rows.last(conversation) + 1), revision, asked, node);
    }

    private GenerationTicket answer(Place place, long revision, String model, UUID node) {
        Message inserted = rows.insertAnswer(place, revision, model, node);
        entities.createNamedQuery(Conversation.TOUCH)
                .setParameter("id", place.conversation())
                .setParameter("model", model)
                .setParameter("now", OffsetDateTime.now(ZoneOffset.UTC))
                .executeUpdate();
        return GenerationTicket.first(inserted);
    }

    /**
     * Lets an ended answer go on from its saved text.
     *
     * @return empty if it is running already
     * @throws UnknownConversationException if there is no such answer in the conversation
     */
    public Optional<GenerationTicket> resume(Access access, UUID message, UUID node) {
        long revision = revisions.raise(access);
        Message locked = rows.answer(access.conversation(), message);
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
        GenerationTicket ticket = GenerationTicket.next(locked, rows.segments(message));
        if (!ticket.continuesAfterTools()) {
            // What the provider said then will be only the beginning of that model call.
            entities.createNamedQuery(ProviderMessageRow.FORGET)
                    .setParameter("message", message)
                    .setParameter("round", ticket.round())
                    .executeUpdate();
        }
        return Optional.of(ticket);
    }

    /**
     * Refuses a message that is not there.
     *
     * @throws UnknownConversationException if there is no such message in the conversation
     * @throws WrongMessageException        if it has been deleted
     */
    public void requireThere(Access access, UUID message) {
        rows.there(access.conversation(), message);
    }

    /** An answer, locked until the transaction ends; whoever reads it sees that it may have changed. */
    Message lockAnswer(Access access, UUID message) {
        long revision = revisions.raise(access);
        entities.createNamedQuery(Message.TOUCH)
                .setParameter("id", message)
                .setParameter("revision", revision)
                .executeUpdate();
        return rows.answer(access.conversation(), message);
    }

    /** The rows of an answer's text, in order. */
    List<SegmentRow> segments(UUID message) {
        return rows.segments(message);
    }

    /** Ids of the conversation's answers that are being written, on whatever node, or wait for a person. */
    public List<UUID> active(Access access) {
        return entities.createNamedQuery(Message.ACTIVE, UUID.class)
                .setParameter("conversation", access.conversation())
                .setParameter("active", MessageState.UNFINISHED)
                .getResultList();
    }

    /**
     * Ends answers from outside of their generation, which is refused from then on. Those that ended meanwhile stay as
     * they are. Takes no {@link Access}, because Patter itself ends what dead nodes have left behind.
     */
    public void end(UUID conversation, List<UUID> messages, MessageState state) {
        Long revision = revisions.raise(List.of(conversation)).get(conversation);
        if (revision == null) {
            return;
        }
        for (Message message : rows.withIds(messages)) {
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
}
