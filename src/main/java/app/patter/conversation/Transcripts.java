package app.patter.conversation;

import app.patter.chat.ProviderMessage;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads the messages of conversations, whatever it answers as of one single revision. */
@ApplicationScoped
@Transactional
public class Transcripts {

    /** Messages that are taken off a page one by one. */
    private static final int MOST_REMOVED = 256;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    private MessageRows rows;
    private Paths paths;
    private Entries entries;

    /** Makes this bean when Patter starts: Payara leaves the entity manager out of one that is made on a thread of ours. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    @PostConstruct
    void start() {
        rows = new MessageRows(entities);
        paths = new Paths(entities);
        entries = new Entries(entities);
    }

    /**
     * All of a view.
     *
     * @return empty if the conversation, or the message of the view, does not exist
     * @throws WrongMessageException if the message through which the view leads has been deleted
     */
    public Optional<Transcript> read(Access access, View view) {
        return read(access, view, Extent.ALL);
    }

    /**
     * Part of a view.
     *
     * @return empty if the conversation, or the message of the view, does not exist
     * @throws WrongMessageException if the message through which the view leads has been deleted
     */
    public Optional<Transcript> read(Access access, View view, Extent extent) {
        UUID conversation = access.conversation();
        return revisions.consistent(conversation, head -> transcript(conversation, head, view, extent));
    }

    private Optional<Transcript> transcript(UUID conversation, Revisions.Head head, View view, Extent extent) {
        paths.require(conversation, view);
        Paths.Link newest = paths.last(conversation, View.NEWEST, Paths.NOW).orElse(null);
        Paths.Link last = view.equals(View.NEWEST)
                ? newest
                : paths.last(conversation, view, Paths.NOW).orElse(null);
        if (last == null && !view.equals(View.NEWEST)) {
            return Optional.empty();
        }
        List<Paths.Link> path = last == null ? List.of() : paths.to(conversation, last, extent);
        List<Paths.Link> wanted = extent.of(path);
        return Optional.of(new Transcript(
                conversation,
                head.title(),
                head.model(),
                head.revision(),
                Objects.equals(last, newest),
                !wanted.isEmpty() && path.size() > wanted.size(),
                entries.of(conversation, wanted)));
    }

    /**
     * What a page has missed that shows a view as it was at an earlier revision.
     *
     * @return empty if the conversation does not exist
     */
    public Optional<CatchUp> missed(Access access, View view, long position) {
        UUID conversation = access.conversation();
        return revisions.consistent(conversation, head -> Optional.of(missed(conversation, head, view, position)));
    }

    private CatchUp missed(UUID conversation, Revisions.Head head, View view, long position) {
        List<Paths.Link> now = paths.at(conversation, view, Paths.NOW);
        if (position == 0) {
            return CatchUp.whole(head.title(), head.revision(), entries.of(conversation, now));
        }
        List<Paths.Link> before = new ArrayList<>(paths.at(conversation, view, position));
        // A path leads past what was deleted since; a page may show it, whatever its view.
        before.addAll(paths.removed(conversation, position));
        Set<UUID> there = ids(before);
        Set<UUID> here = ids(now);
        List<Message> changed = changed(conversation, position);
        List<Long> removed = before.stream()
                .filter(link -> !here.contains(link.id()))
                .map(Paths.Link::sequence)
                .distinct()
                .toList();
        List<Paths.Link> added =
                now.stream().filter(link -> !there.contains(link.id())).toList();
        boolean lost = paths.isDeleted(conversation, view);
        if (removed.size() > MOST_REMOVED || changed.stream().anyMatch(message -> isUnsure(message, lost, position))) {
            List<Message> active = changed.stream()
                    .filter(message -> message.state().active() && here.contains(message.id()))
                    .toList();
            return new CatchUp(head.title(), head.revision(), List.of(), entries.of(active), List.of(), true);
        }
        List<Message> replaced = changed.stream()
                .filter(message -> there.contains(message.id()) && here.contains(message.id()))
                .toList();
        return new CatchUp(
                head.title(), head.revision(), removed, entries.of(replaced), entries.of(conversation, added), false);
    }

    private static Set<UUID> ids(List<Paths.Link> links) {
        return links.stream().map(Paths.Link::id).collect(Collectors.toSet());
    }

    /**
     * Whether nobody can say if a page of this position shows it: it is back after a deletion, or it followed what the page's
     * view leads through before that was deleted.
     */
    private static boolean isUnsure(Message message, boolean lost, long position) {
        return position > 0 && message.origin() != null && (lost || message.born() > position);
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
     */
    public List<Transcript.Entry> since(Access access, long since, int most) {
        UUID conversation = access.conversation();
        return revisions
                .consistent(
                        conversation,
                        head -> Optional.of(entries.of(entities.createNamedQuery(Message.SINCE, Message.class)
                                .setParameter("conversation", conversation)
                                .setParameter("since", since)
                                .setMaxResults(most)
                                .getResultList())))
                .orElse(List.of());
    }

    /**
     * What changed in all branches after a revision.
     *
     * @return empty if the conversation does not exist
     */
    public Optional<Changes> changes(Access access, long position) {
        UUID conversation = access.conversation();
        return revisions.consistent(conversation, head -> Optional.of(changes(conversation, head, position)));
    }

    private Changes changes(UUID conversation, Revisions.Head head, long position) {
        List<Message> changed = changed(conversation, position);
        return new Changes(head.revision(), changed, entries.segments(changed));
    }

    /**
     * What a conversation opened with.
     *
     * @param answer all that the given answer has
     */
    public record Opening(String title, String question, List<Segment> answer) {}

    /** The opening that an answer belongs to; empty if it answers a later question, or is gone. */
    public Optional<Opening> opening(Access access, UUID answer) {
        return entities.createNamedQuery(Conversation.OPENING, Object[].class)
                .setParameter("conversation", access.conversation())
                .setParameter("answer", answer)
                .getResultStream()
                .findFirst()
                .map(row -> new Opening((String) row[0], rows.text((UUID) row[1]), Segment.of(rows.segments(answer))));
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
}
