package app.patter.conversation;

import app.patter.chat.Role;
import jakarta.persistence.EntityManager;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    /** The last message that was there at a revision; no other is after it, so it is the end of a branch. */
    Optional<Message> newest(UUID conversation, long revision) {
        return entities.createNamedQuery(Message.NEWEST, Message.class)
                .setParameter("conversation", conversation)
                .setParameter("revision", revision)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
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
     * The message, which is an answer.
     *
     * @throws UnknownConversationException if there is none in this conversation
     */
    Message answer(UUID conversation, UUID message) {
        return find(conversation, message)
                .filter(found -> found.role() == Role.ASSISTANT)
                .orElseThrow(UnknownConversationException::new);
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

    /** The rows of a message's text, in order. */
    /** The text of a person's message. */
    String text(UUID message) {
        return segments(message).stream().map(SegmentRow::text).collect(Collectors.joining());
    }

    List<SegmentRow> segments(UUID message) {
        return entities.createNamedQuery(SegmentRow.OF_MESSAGE, SegmentRow.class)
                .setParameter("message", message)
                .getResultList();
    }

    /**
     * Adds an ended message of a person.
     *
     * @param revision the one that the conversation has now
     */
    void insertQuestion(UUID id, UUID conversation, @Nullable UUID parent, String text, long revision) {
        insert(id, conversation, parent, Role.USER, MessageState.DONE, revision, null, null);
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
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
     * @param revision the one that the conversation has now
     * @param node     that writes it
     */
    Message insertAnswer(UUID conversation, UUID question, long revision, String model, UUID node) {
        UUID id = UuidV7.next();
        insert(id, conversation, question, Role.ASSISTANT, MessageState.QUEUED, revision, model, node);
        return existing(conversation, id);
    }

    /**
     * SQL, because JPA cannot let the INSERT itself choose the sequence number. For {@code max(sequence)} H2 would read all
     * of the conversation's; of the index with this order it reads the first.
     */
    private void insert(
            UUID id,
            UUID conversation,
            @Nullable UUID parent,
            Role role,
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
                .setParameter(5, role.name())
                .setParameter(6, state.name())
                .setParameter(7, node == null ? null : node.toString())
                .setParameter(8, model)
                .setParameter(9, revision)
                .setParameter(10, revision)
                .executeUpdate();
    }
}
