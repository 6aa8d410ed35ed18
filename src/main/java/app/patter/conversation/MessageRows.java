package app.patter.conversation;

import app.patter.chat.Role;
import jakarta.persistence.EntityManager;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads single messages, and adds new ones. Needs a running transaction; asks nobody for permission. */
final class MessageRows {

    private final EntityManager entities;

    MessageRows(EntityManager entities) {
        this.entities = entities;
    }

    /** The last of the messages that are there now and were at a revision. */
    Optional<Message> newest(UUID conversation, long revision) {
        return entities.createNamedQuery(TreeNode.NEWEST, Message.class)
                .setParameter("conversation", conversation)
                .setParameter("revision", revision)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** The highest sequence number that was given; 0 if none was. */
    long last(UUID conversation) {
        return entities.createNamedQuery(TreeNode.LAST, Long.class)
                .setParameter("conversation", conversation)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(0L);
    }

    /** The message, if it is in this conversation. */
    Optional<Message> find(UUID conversation, UUID message) {
        return Optional.ofNullable(entities.find(Message.class, message))
                .filter(found -> found.conversation().equals(conversation));
    }

    /**
     * The message.
     *
     * @throws UnknownConversationException if there is none in this conversation
     */
    Message existing(UUID conversation, UUID message) {
        return find(conversation, message).orElseThrow(UnknownConversationException::new);
    }

    /**
     * The message, which has not been deleted.
     *
     * @throws UnknownConversationException if there is none in this conversation
     * @throws WrongMessageException        if it has been deleted
     */
    Message there(UUID conversation, UUID message) {
        Message found = existing(conversation, message);
        if (found.removed() != 0) {
            throw new WrongMessageException(WrongMessageException.Reason.DELETED);
        }
        return found;
    }

    /**
     * The message, which is a question and has not been deleted.
     *
     * @throws UnknownConversationException if there is none in this conversation
     * @throws WrongMessageException        if it is none, or has been deleted
     */
    Message question(UUID conversation, UUID message) {
        Message found = there(conversation, message);
        if (found.role() != Role.USER) {
            throw new WrongMessageException(WrongMessageException.Reason.NOT_A_QUESTION);
        }
        return found;
    }

    /**
     * The message, which is an answer and has not been deleted.
     *
     * @throws UnknownConversationException if there is none in this conversation
     * @throws WrongMessageException        if it has been deleted
     */
    Message answer(UUID conversation, UUID message) {
        Message found = there(conversation, message);
        if (found.role() != Role.ASSISTANT) {
            throw new UnknownConversationException();
        }
        return found;
    }

    /** The messages with these ids, in order. */
    List<Message> withIds(List<UUID> ids) {
        List<Message> found = new ArrayList<>();
        for (List<UUID> list : IdBatches.of(ids)) {
            found.addAll(entities.createNamedQuery(Message.WITH_IDS, Message.class)
                    .setParameter("ids", list)
                    .getResultList());
        }
        found.sort(Comparator.comparingLong(Message::sequence));
        return found;
    }

    /** The text of a message, without reasoning and whatever else it has. */
    String text(UUID message) {
        return segments(message).stream()
                .filter(row -> row.kind() == SegmentKind.TEXT)
                .map(SegmentRow::text)
                .collect(Collectors.joining());
    }

    /** The rows of a message's text, in order. */
    List<SegmentRow> segments(UUID message) {
        return entities.createNamedQuery(SegmentRow.OF_MESSAGE, SegmentRow.class)
                .setParameter("message", message)
                .getResultList();
    }

    /**
     * Adds an ended message of a person.
     *
     * @param place    where it stands in its conversation
     * @param revision the one that the conversation has now
     */
    Message insertQuestion(UUID id, Place place, String text, long revision) {
        Message question = new Message(id, place, Role.USER, MessageState.DONE, null, null, revision, now());
        insert(question, place, null);
        insertText(id, text, revision);
        return question;
    }

    /** Adds the text of a person's message, which has none. */
    void insertText(UUID id, String text, long revision) {
        OffsetDateTime now = now();
        int ordinal = 0;
        for (int from = 0, to; from < text.length(); from = to, ordinal++) {
            to = SegmentRow.rowEnd(text, from);
            entities.persist(new SegmentRow(
                    UuidV7.next(),
                    id,
                    ordinal,
                    SegmentKind.TEXT,
                    ordinal > 0,
                    text.substring(from, to),
                    revision,
                    now,
                    now));
        }
    }

    /**
     * Adds an empty answer.
     *
     * @param place    where it stands in its conversation
     * @param revision the one that the conversation has now
     * @param node     that writes it
     */
    Message insertAnswer(Place place, long revision, String model, UUID node) {
        Message answer =
                new Message(UuidV7.next(), place, Role.ASSISTANT, MessageState.QUEUED, model, node, revision, now());
        insert(answer, place, node);
        return answer;
    }

    /** SQL, because EclipseLink gives PostgreSQL the null of a UUID as text. */
    private void insert(Message message, Place place, @Nullable UUID node) {
        entities.createNativeQuery("insert into message"
                        + " (id, conversation_id, parent_id, sequence, role, state, fence, node_id, model,"
                        + " born, revision, created, ended)"
                        + " values (cast(?1 as uuid), cast(?2 as uuid), cast(?3 as uuid), ?4, ?5, ?6, ?7,"
                        + " cast(?8 as uuid), cast(?9 as varchar), ?10, ?11, ?12, "
                        + (message.ended() == null ? "null)" : "?12)"))
                .setParameter(1, message.id().toString())
                .setParameter(2, place.conversation().toString())
                .setParameter(3, place.parent() == null ? null : place.parent().toString())
                .setParameter(4, place.sequence())
                .setParameter(5, message.role().name())
                .setParameter(6, message.state().name())
                .setParameter(7, message.fence())
                .setParameter(8, node == null ? null : node.toString())
                .setParameter(9, message.model())
                .setParameter(10, message.revision())
                .setParameter(11, message.revision())
                .setParameter(12, message.created())
                .executeUpdate();
    }

    /** As exactly as databases keep it. */
    static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    /** Lets readers see that the messages after a parent are more or fewer; null for those that follow none. */
    void touchVersions(UUID conversation, @Nullable UUID parent, long revision) {
        if (parent == null) {
            entities.createNamedQuery(TreeNode.TOUCH_ROOTS)
                    .setParameter("conversation", conversation)
                    .setParameter("revision", revision)
                    .executeUpdate();
        } else {
            entities.createNamedQuery(TreeNode.TOUCH_CHILDREN)
                    .setParameter("parent", parent)
                    .setParameter("revision", revision)
                    .executeUpdate();
        }
    }
}
