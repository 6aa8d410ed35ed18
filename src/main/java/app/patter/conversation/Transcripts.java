package app.patter.conversation;

import app.patter.chat.ProviderMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads conversations, each answer as of one single revision. What belongs to somebody else does not exist here. */
@ApplicationScoped
@Transactional
public class Transcripts {

    /** Messages whose parents are read at once, first and when a path turns out to be long. */
    private static final int FIRST_LINKS = 64;

    private static final int MOST_LINKS = 1_024;

    /** In which a call may have been decided about that was not begun. */
    private static final Set<MessageState> DECIDING =
            EnumSet.of(MessageState.WAITING, MessageState.QUEUED, MessageState.CALLING);

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

        private boolean has(Link link) {
            return link.sequence() < before;
        }

        private List<Link> of(List<Link> path) {
            return path.subList(Math.max(0, path.size() - most), path.size());
        }
    }

    /** What a path needs to know of a message. */
    private record Link(UUID id, @Nullable UUID parent, long sequence) {}

    private Optional<Transcript> branch(Conversation conversation, @Nullable UUID leaf, Extent extent) {
        Message newest = newest(conversation.id()).orElse(null);
        Message last = leaf == null ? newest : entities.find(Message.class, leaf);
        if (leaf != null && (last == null || !last.conversation().equals(conversation.id()))) {
            return Optional.empty();
        }
        List<Link> path = last == null ? List.of() : path(last, extent);
        List<Link> wanted = extent.of(path);
        return Optional.of(new Transcript(
                conversation.id(),
                conversation.title(),
                conversation.model(),
                revisions.current(conversation.id()),
                Objects.equals(last, newest),
                !wanted.isEmpty() && path.size() > wanted.size(),
                entries(messages(conversation.id(), wanted))));
    }

    /** The last message. */
    Optional<Message> newest(UUID conversation) {
        return newest(conversation, Long.MAX_VALUE);
    }

    /** The last message that was there at a revision; no other is after it, so it is the end of a branch. */
    private Optional<Message> newest(UUID conversation, long revision) {
        return entities.createNamedQuery(Message.NEWEST, Message.class)
                .setParameter("conversation", conversation)
                .setParameter("revision", revision)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /**
     * The message and those before it, oldest first; more than the extent's most if there are more. Read backwards in
     * ranges: H2 makes a new table for each recursive query and plans all other statements anew after it.
     */
    private List<Link> path(Message leaf, Extent extent) {
        Deque<Link> path = new ArrayDeque<>();
        UUID next = leaf.id();
        long end = leaf.sequence();
        for (int length = FIRST_LINKS; next != null && end > 0 && path.size() <= extent.most(); ) {
            for (Link link : links(leaf.conversation(), new SequenceRange(Math.max(1, end - length + 1), end))) {
                if (link.id().equals(next)) {
                    next = link.parent();
                    if (extent.has(link)) {
                        path.addFirst(link);
                    }
                }
            }
            end -= length;
            length = Math.min(2 * length, MOST_LINKS);
        }
        return List.copyOf(path);
    }

    /** All messages in the range, newest first. */
    private List<Link> links(UUID conversation, SequenceRange range) {
        return within(Message.LINKS, Object[].class, conversation, range)
                .map(row -> new Link((UUID) row[0], (UUID) row[1], (Long) row[2]))
                .toList();
    }

    private <T> Stream<T> within(String query, Class<T> type, UUID conversation, SequenceRange range) {
        return entities.createNamedQuery(query, type)
                .setParameter("conversation", conversation)
                .setParameter("first", range.first())
                .setParameter("last", range.last())
                .getResultStream();
    }

    /** The messages with these ids, in order. */
    List<Message> messages(List<UUID> ids) {
        List<Message> found = new ArrayList<>();
        for (List<UUID> list : IdBatches.of(ids)) {
            found.addAll(entities.createNamedQuery(Message.WITH_IDS, Message.class)
                    .setParameter("ids", list)
                    .getResultList());
        }
        found.sort(Comparator.comparingLong(Message::sequence));
        return found;
    }

    private List<Message> messages(UUID conversation, List<Link> links) {
        Set<UUID> wanted = links.stream().map(Link::id).collect(Collectors.toSet());
        return SequenceRange.of(links.stream().map(Link::sequence).toList()).stream()
                .flatMap(range -> within(Message.IN_RANGE, Message.class, conversation, range))
                .filter(message -> wanted.contains(message.id()))
                .toList();
    }

    private List<Transcript.Entry> entries(List<Message> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<SegmentRow>> segments = segments(messages);
        Map<UUID, List<UUID>> children = siblings(messages);
        Map<UUID, Set<String>> decided = decided(messages);
        List<Transcript.Entry> entries = new ArrayList<>();
        for (Message message : messages) {
            UUID parent = message.parent();
            List<UUID> alternatives =
                    parent == null ? List.of(message.id()) : children.getOrDefault(parent, List.of(message.id()));
            List<Segment> runs = Segment.of(segments.getOrDefault(message.id(), List.of()));
            entries.add(
                    new Transcript.Entry(message, runs, alternatives, decided.getOrDefault(message.id(), Set.of())));
        }
        return entries;
    }

    /** The calls about which a person has decided, in answers that wait for more such decisions or are about to go on. */
    private Map<UUID, Set<String>> decided(List<Message> messages) {
        List<UUID> waiting = messages.stream()
                .filter(message -> DECIDING.contains(message.state()))
                .map(Message::id)
                .toList();
        Map<UUID, Set<String>> found = new HashMap<>();
        for (List<UUID> ids : IdBatches.of(waiting)) {
            entities.createNamedQuery(Approval.OF_MESSAGES, Approval.class)
                    .setParameter("messages", ids)
                    .getResultStream()
                    .forEach(approval -> found.computeIfAbsent(approval.message(), id -> new HashSet<>())
                            .add(approval.call()));
        }
        return found;
    }

    /** The rows of a message, in order. */
    List<SegmentRow> segments(UUID message) {
        return entities.createNamedQuery(SegmentRow.OF_MESSAGE, SegmentRow.class)
                .setParameter("message", message)
                .getResultList();
    }

    /** The rows of each message of one conversation, in order. */
    private Map<UUID, List<SegmentRow>> segments(List<Message> messages) {
        Set<UUID> wanted = messages.stream().map(Message::id).collect(Collectors.toSet());
        Map<UUID, List<SegmentRow>> found = new HashMap<>();
        for (SequenceRange range :
                SequenceRange.of(messages.stream().map(Message::sequence).toList())) {
            within(SegmentRow.IN_RANGE, SegmentRow.class, messages.get(0).conversation(), range)
                    .filter(segment -> wanted.contains(segment.message()))
                    .forEach(segment -> found.computeIfAbsent(segment.message(), id -> new ArrayList<>())
                            .add(segment));
        }
        return found;
    }

    /** By id of the parent, the ids of all messages that have the same one as some of the given of one conversation. */
    private Map<UUID, List<UUID>> siblings(List<Message> messages) {
        Set<UUID> elsewhere =
                messages.stream().map(Message::parent).filter(Objects::nonNull).collect(Collectors.toSet());
        List<Message> here = messages.stream()
                .filter(message -> elsewhere.contains(message.id()))
                .toList();
        here.forEach(message -> elsewhere.remove(message.id()));
        Map<UUID, List<UUID>> found = new HashMap<>();
        for (SequenceRange range :
                SequenceRange.of(here.stream().map(Message::sequence).toList())) {
            within(Message.CHILDREN, Object[].class, here.get(0).conversation(), range)
                    .forEach(row -> add(found, row));
        }
        for (List<UUID> parents : IdBatches.of(elsewhere)) {
            entities.createNamedQuery(Message.ALTERNATIVES, Object[].class)
                    .setParameter("parents", parents)
                    .getResultStream()
                    .forEach(row -> add(found, row));
        }
        return found;
    }

    private static void add(Map<UUID, List<UUID>> children, Object[] row) {
        children.computeIfAbsent((UUID) row[0], parent -> new ArrayList<>()).add((UUID) row[1]);
    }

    /**
     * What a page has missed that shows the newest branch as it was at an earlier revision.
     *
     * @return empty if the conversation does not exist or is somebody else's
     */
    public Optional<CatchUp> missed(UUID owner, UUID conversation, long position) {
        return revisions.consistent(
                conversation, () -> find(owner, conversation).map(found -> missed(found, position)));
    }

    private CatchUp missed(Conversation conversation, long position) {
        UUID id = conversation.id();
        List<Link> now = branch(id, Long.MAX_VALUE);
        List<Link> before = branch(id, position);
        Set<UUID> there = before.stream().map(Link::id).collect(Collectors.toSet());
        Set<UUID> here = now.stream().map(Link::id).collect(Collectors.toSet());
        List<Message> replaced = changed(id, position).stream()
                .filter(message -> there.contains(message.id()) && here.contains(message.id()))
                .toList();
        return new CatchUp(
                conversation.title(),
                revisions.current(id),
                before.stream()
                        .filter(link -> !here.contains(link.id()))
                        .map(Link::sequence)
                        .toList(),
                entries(replaced),
                entries(messages(
                        id,
                        now.stream().filter(link -> !there.contains(link.id())).toList())));
    }

    /** What changed after a revision or may have, in order. */
    private List<Message> changed(UUID conversation, long position) {
        Set<Message> found = new HashSet<>(entities.createNamedQuery(Message.CHANGED, Message.class)
                .setParameter("conversation", conversation)
                .setParameter("position", position)
                .getResultList());
        found.addAll(entities.createNamedQuery(Message.CHANGING, Message.class)
                .setParameter("conversation", conversation)
                .setParameter("active", MessageState.ACTIVE)
                .getResultList());
        return found.stream()
                .sorted(Comparator.comparingLong(Message::sequence))
                .toList();
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
        List<Message> changed = changed(conversation, position);
        return new Changes(revisions.current(conversation), changed, segments(changed));
    }

    /**
     * Messages that changed or may have.
     *
     * @param rows all rows of these messages, by message and in order; each tells its own revision
     */
    public record Changes(long revision, List<Message> messages, Map<UUID, List<SegmentRow>> rows) {}

    /** The newest branch as it was at a revision. */
    private List<Link> branch(UUID conversation, long revision) {
        return newest(conversation, revision)
                .map(last -> path(last, Extent.ALL))
                .orElse(List.of());
    }

    /**
     * What changed after a position, to be done in this order.
     *
     * @param removed  sequence numbers of messages that are not in the newest branch any more
     * @param replaced messages that were there and changed
     * @param added    messages that come at the end
     */
    public record CatchUp(
            String title,
            long revision,
            List<Long> removed,
            List<Transcript.Entry> replaced,
            List<Transcript.Entry> added) {

        /** How much text it holds. */
        public long characters() {
            return Stream.of(replaced, added)
                    .flatMap(List::stream)
                    .flatMap(entry -> entry.segments().stream())
                    .mapToLong(segment -> segment.text().length())
                    .sum();
        }
    }

    /**
     * What a provider is to get back of its own answers in a branch.
     *
     * @param source as {@link ProviderMessage#source()}
     * @return by id of the message and number of the round, from 0; rounds whose text says all are not in it
     */
    public Map<UUID, Map<Integer, ProviderMessage>> own(Transcript branch, String source) {
        Map<UUID, Map<Integer, ProviderMessage>> found = new HashMap<>();
        entities.createNamedQuery(ProviderMessageRow.OF_CONVERSATION, ProviderMessageRow.class)
                .setParameter("conversation", branch.conversation())
                .setParameter("source", source)
                .getResultStream()
                .forEach(kept -> found.computeIfAbsent(kept.message(), id -> new HashMap<>())
                        .put(kept.round(), kept.turn()));
        return found;
    }

    private Optional<Conversation> find(UUID owner, UUID conversation) {
        return Optional.ofNullable(entities.find(Conversation.class, conversation))
                .filter(found -> found.owner().equals(owner));
    }
}
