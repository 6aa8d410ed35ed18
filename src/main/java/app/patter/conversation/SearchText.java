package app.patter.conversation;

import app.patter.chat.Role;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a search index holds, as the database has it. Reading for the index takes no {@link Access}, because it is for
 * nobody; what is shown of a hit does.
 */
@ApplicationScoped
@Transactional
public class SearchText {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private AccessControl accessControl;

    private Entries entries;

    /** Makes this bean when Patter starts: Payara leaves the entity manager out of one that is made on a thread of ours. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    @PostConstruct
    void start() {
        entries = new Entries(entities);
    }

    /**
     * A conversation, and those of its messages that changed after a revision or may have.
     *
     * @param revision the conversation holds at least what it held then
     */
    public record Changed(UUID conversation, UUID owner, String title, long revision, List<Text> texts) {}

    /**
     * What a message says, without reasoning and calls of tools; nothing once it is deleted.
     *
     * @param model that wrote it; null for a person's
     */
    public record Text(
            UUID conversation,
            UUID message,
            long sequence,
            Role role,
            @Nullable String model,
            OffsetDateTime created,
            String text) {}

    /** Revisions of all conversations, by their ids. */
    public Map<UUID, Long> revisions() {
        Map<UUID, Long> found = new HashMap<>();
        entities.createNamedQuery(Conversation.ALL_REVISIONS, Object[].class)
                .getResultStream()
                .forEach(row -> found.put((UUID) row[0], (Long) row[1]));
        return found;
    }

    /** What changed in a conversation after a revision; empty if the conversation does not exist. */
    public Optional<Changed> since(UUID conversation, long revision) {
        Object[] found = entities.createNamedQuery(Conversation.INDEXED, Object[].class)
                .setParameter("id", conversation)
                .getResultStream()
                .findFirst()
                .orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        Set<Message> changed = new HashSet<>(entities.createNamedQuery(Message.CHANGED, Message.class)
                .setParameter("conversation", conversation)
                .setParameter("position", revision)
                .getResultList());
        changed.addAll(entities.createNamedQuery(Message.CHANGING, Message.class)
                .setParameter("conversation", conversation)
                .setParameter("active", MessageState.ACTIVE)
                .getResultList());
        return Optional.of(new Changed(
                conversation, (UUID) found[0], (String) found[1], (Long) found[2], texts(List.copyOf(changed))));
    }

    private List<Text> texts(List<Message> messages) {
        Map<UUID, List<SegmentRow>> rows = messages.isEmpty() ? Map.of() : entries.segments(messages);
        return messages.stream()
                .map(message -> text(message, rows.getOrDefault(message.id(), List.of())))
                .toList();
    }

    private static Text text(Message message, List<SegmentRow> rows) {
        return new Text(
                message.conversation(),
                message.id(),
                message.sequence(),
                message.role(),
                message.model(),
                message.created(),
                rows.stream()
                        .filter(row -> row.kind() == SegmentKind.TEXT && message.removed() == 0)
                        .map(SegmentRow::text)
                        .collect(Collectors.joining()));
    }

    /**
     * What an account may be shown of some hits.
     *
     * @param titles of the conversations that it may read, by their ids
     * @param texts  of the messages in those, by their ids
     */
    public record Shown(Map<UUID, String> titles, Map<UUID, Text> texts) {}

    /** What the account may be shown of these, in three statements or a few more. */
    public Shown shown(UUID account, Collection<UUID> conversations, Collection<UUID> messages) {
        Map<UUID, String> titles = new HashMap<>();
        in(conversations, Conversation.WITH_IDS, Conversation.class)
                .filter(found -> accessControl.permits(account, found, Permission.READ))
                .forEach(found -> titles.put(found.id(), found.title()));
        Map<UUID, List<SegmentRow>> rows = in(messages, SegmentRow.OF_MESSAGES, SegmentRow.class)
                .collect(Collectors.groupingBy(SegmentRow::message));
        Map<UUID, Text> texts = new HashMap<>();
        in(messages, Message.WITH_IDS, Message.class)
                .filter(found -> titles.containsKey(found.conversation()) && found.removed() == 0)
                .forEach(found -> texts.put(found.id(), text(found, rows.getOrDefault(found.id(), List.of()))));
        return new Shown(titles, texts);
    }

    private <T> Stream<T> in(Collection<UUID> ids, String query, Class<T> type) {
        return IdBatches.of(ids).stream()
                .flatMap(list -> entities.createNamedQuery(query, type)
                        .setParameter("ids", list)
                        .getResultStream())
                .distinct();
    }
}
