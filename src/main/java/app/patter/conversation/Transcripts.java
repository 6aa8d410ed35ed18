package app.patter.conversation;

import app.patter.upstream.NativeTurn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads conversations, each answer as of one single revision. What belongs to somebody else does not exist here. */
@ApplicationScoped
@Transactional
public class Transcripts {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    /**
     * The branch that ends at a message.
     *
     * @param leaf last message of the branch; null for the newest
     * @return empty if the conversation or the message does not exist or is somebody else's
     */
    public Optional<Transcript> read(UUID owner, UUID conversation, @Nullable UUID leaf) {
        return read(owner, conversation, leaf, Extent.ALL);
    }

    /**
     * Part of the branch that ends at a message.
     *
     * @param leaf last message of the branch; null for the newest
     * @return empty if the conversation or the message does not exist or is somebody else's
     */
    public Optional<Transcript> read(UUID owner, UUID conversation, @Nullable UUID leaf, Extent extent) {
        return revisions.consistent(
                conversation, () -> find(owner, conversation).flatMap(c -> branch(c, leaf, extent)));
    }

    /**
     * Which messages of a branch: at most so many of those before one.
     *
     * @param before sequence number
     */
    public record Extent(long before, int most) {

        public static final Extent ALL = new Extent(Long.MAX_VALUE, Integer.MAX_VALUE);

        private List<Message> of(List<Message> branch) {
            List<Message> earlier = branch.stream()
                    .filter(message -> message.sequence() < before)
                    .toList();
            return earlier.subList(Math.max(0, earlier.size() - most), earlier.size());
        }
    }

    private Optional<Transcript> branch(Conversation conversation, @Nullable UUID leaf, Extent extent) {
        UUID newest = newest(conversation.id()).orElse(null);
        UUID last = leaf == null ? newest : leaf;
        List<Message> messages = last == null ? List.of() : messages(path(conversation.id(), last));
        if (leaf != null && messages.isEmpty()) {
            return Optional.empty();
        }
        List<Message> wanted = extent.of(messages);
        return Optional.of(new Transcript(
                conversation.id(),
                conversation.title(),
                conversation.model(),
                revisions.current(conversation.id()),
                Objects.equals(last, newest),
                !wanted.isEmpty() && !wanted.get(0).equals(messages.get(0)),
                entries(wanted)));
    }

    /** The last message. */
    Optional<UUID> newest(UUID conversation) {
        return newest(conversation, Long.MAX_VALUE);
    }

    /** The last message that was there at a revision; no other is after it, so it is the end of a branch. */
    private Optional<UUID> newest(UUID conversation, long revision) {
        return entities.createNamedQuery(Message.NEWEST, UUID.class)
                .setParameter("conversation", conversation)
                .setParameter("revision", revision)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** The message and all before it, read by one recursive query. */
    private List<UUID> path(UUID conversation, UUID last) {
        List<?> ids = entities.createNativeQuery("with recursive path (id, parent_id) as ("
                        + " select id, parent_id from message"
                        + " where id = cast(?1 as uuid) and conversation_id = cast(?2 as uuid)"
                        + " union all"
                        + " select m.id, m.parent_id from message m join path p on m.id = p.parent_id)"
                        + " select cast(id as varchar(36)) from path")
                .setParameter(1, last.toString())
                .setParameter(2, conversation.toString())
                .getResultList();
        return ids.stream().map(id -> UUID.fromString(id.toString())).toList();
    }

    /** The messages with these ids, in order. */
    List<Message> messages(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return entities.createNamedQuery(Message.WITH_IDS, Message.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    private List<Transcript.Entry> entries(List<Message> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Segment>> segments =
                segments(messages.stream().map(Message::id).toList());
        List<UUID> parents =
                messages.stream().map(Message::parent).filter(Objects::nonNull).toList();
        Map<UUID, List<UUID>> children = children(parents);
        Map<UUID, Set<String>> decided = decided(messages);
        List<Transcript.Entry> entries = new ArrayList<>();
        for (Message message : messages) {
            UUID parent = message.parent();
            List<UUID> alternatives =
                    parent == null ? List.of(message.id()) : children.getOrDefault(parent, List.of(message.id()));
            List<Run> runs = Run.of(segments.getOrDefault(message.id(), List.of()));
            entries.add(
                    new Transcript.Entry(message, runs, alternatives, decided.getOrDefault(message.id(), Set.of())));
        }
        return entries;
    }

    /** The calls about which a person has decided, in answers that wait for more such decisions. */
    private Map<UUID, Set<String>> decided(List<Message> messages) {
        List<UUID> waiting = messages.stream()
                .filter(message -> message.state() == State.WAITING)
                .map(Message::id)
                .toList();
        Map<UUID, Set<String>> found = new HashMap<>();
        if (!waiting.isEmpty()) {
            entities.createNamedQuery(Approval.OF_MESSAGES, Approval.class)
                    .setParameter("messages", waiting)
                    .getResultStream()
                    .forEach(approval -> found.computeIfAbsent(approval.message(), id -> new HashSet<>())
                            .add(approval.call()));
        }
        return found;
    }

    /** The rows of each message, in order. */
    Map<UUID, List<Segment>> segments(List<UUID> messages) {
        Map<UUID, List<Segment>> found = new HashMap<>();
        entities.createNamedQuery(Segment.OF_MESSAGES, Segment.class)
                .setParameter("messages", messages)
                .getResultStream()
                .forEach(segment -> found.computeIfAbsent(segment.message(), id -> new ArrayList<>())
                        .add(segment));
        return found;
    }

    private Map<UUID, List<UUID>> children(List<UUID> parents) {
        Map<UUID, List<UUID>> found = new LinkedHashMap<>();
        if (!parents.isEmpty()) {
            entities.createNamedQuery(Message.ALTERNATIVES, Object[].class)
                    .setParameter("parents", parents)
                    .getResultStream()
                    .forEach(row -> found.computeIfAbsent((UUID) row[0], id -> new ArrayList<>())
                            .add((UUID) row[1]));
        }
        return found;
    }

    /**
     * What a page has missed that shows the newest branch as it was at an earlier revision.
     *
     * @return empty if the conversation does not exist or is somebody else's
     */
    public Optional<Missed> missed(UUID owner, UUID conversation, long position) {
        return revisions.consistent(
                conversation, () -> find(owner, conversation).map(found -> missed(found, position)));
    }

    private Missed missed(Conversation conversation, long position) {
        List<Message> changed = entities.createNamedQuery(Message.CHANGED, Message.class)
                .setParameter("conversation", conversation.id())
                .setParameter("position", position)
                .setParameter("active", State.ACTIVE)
                .getResultList();
        List<UUID> before = branch(conversation.id(), position);
        List<UUID> now = branch(conversation.id(), Long.MAX_VALUE);
        Set<UUID> added = new HashSet<>(now);
        before.forEach(added::remove);
        Set<UUID> removed = new HashSet<>(before);
        now.forEach(removed::remove);
        List<UUID> replaced = changed.stream()
                .map(Message::id)
                .filter(id -> !added.contains(id) && now.contains(id))
                .toList();
        return new Missed(
                conversation.title(),
                revisions.current(conversation.id()),
                messages(List.copyOf(removed)).stream().map(Message::sequence).toList(),
                entries(messages(replaced)),
                entries(messages(List.copyOf(added))));
    }

    /**
     * Messages of all branches, in their order.
     *
     * @param since sequence number that theirs exceed
     * @return empty if the conversation does not exist or is somebody else's
     */
    public Optional<List<Transcript.Entry>> since(UUID owner, UUID conversation, long since, int most) {
        return revisions.consistent(conversation, () -> find(owner, conversation)
                .map(found -> entries(entities.createNamedQuery(Message.SINCE, Message.class)
                        .setParameter("conversation", conversation)
                        .setParameter("since", since)
                        .setMaxResults(most)
                        .getResultList())));
    }

    /**
     * What changed in all branches after a revision.
     *
     * @return empty if the conversation does not exist or is somebody else's
     */
    public Optional<Changes> changes(UUID owner, UUID conversation, long position) {
        return revisions.consistent(
                conversation, () -> find(owner, conversation).map(found -> changes(conversation, position)));
    }

    private Changes changes(UUID conversation, long position) {
        List<Message> changed = entities.createNamedQuery(Message.CHANGED, Message.class)
                .setParameter("conversation", conversation)
                .setParameter("position", position)
                .setParameter("active", State.ACTIVE)
                .getResultList();
        Map<UUID, List<Segment>> rows = changed.isEmpty()
                ? Map.of()
                : segments(changed.stream().map(Message::id).toList());
        return new Changes(revisions.current(conversation), changed, rows);
    }

    /**
     * Messages that changed or may have.
     *
     * @param rows all rows of these messages, by message and in order; each tells its own revision
     */
    public record Changes(long revision, List<Message> messages, Map<UUID, List<Segment>> rows) {}

    /** The newest branch as it was at a revision. */
    private List<UUID> branch(UUID conversation, long revision) {
        return newest(conversation, revision)
                .map(last -> path(conversation, last))
                .orElse(List.of());
    }

    /**
     * What changed after a position, to be done in this order.
     *
     * @param removed  sequence numbers of messages that are not in the newest branch any more
     * @param replaced messages that were there and changed
     * @param added    messages that come at the end
     */
    public record Missed(
            String title,
            long revision,
            List<Long> removed,
            List<Transcript.Entry> replaced,
            List<Transcript.Entry> added) {}

    /**
     * What a provider is to get back of its own answers in a branch.
     *
     * @param source as {@link NativeTurn#source()}
     * @return by id of the message and number of the round, from 0; rounds whose text says all are not in it
     */
    public Map<UUID, Map<Integer, NativeTurn>> own(Transcript branch, String source) {
        List<UUID> answers = branch.entries().stream()
                .map(Transcript.Entry::message)
                .filter(message -> message.author() == Author.ASSISTANT)
                .map(Message::id)
                .toList();
        Map<UUID, Map<Integer, NativeTurn>> found = new HashMap<>();
        for (List<UUID> ids : IdLists.of(answers)) {
            entities.createNamedQuery(KeptTurn.OF_MESSAGES, KeptTurn.class)
                    .setParameter("messages", ids)
                    .setParameter("source", source)
                    .getResultStream()
                    .forEach(kept -> found.computeIfAbsent(kept.message(), id -> new HashMap<>())
                            .put(kept.round(), kept.turn()));
        }
        return found;
    }

    private Optional<Conversation> find(UUID owner, UUID conversation) {
        return Optional.ofNullable(entities.find(Conversation.class, conversation))
                .filter(found -> found.owner().equals(owner));
    }
}
