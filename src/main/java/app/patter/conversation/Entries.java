package app.patter.conversation;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads all that belongs to messages of one conversation, in few statements. Needs a running transaction. */
final class Entries {

    /** In which a call may have been decided about that was not begun. */
    private static final Set<MessageState> DECIDING =
            EnumSet.of(MessageState.WAITING, MessageState.QUEUED, MessageState.CALLING);

    private final EntityManager entities;

    Entries(EntityManager entities) {
        this.entities = entities;
    }

    /** The messages of a part of a path, in order. */
    List<Transcript.Entry> of(UUID conversation, List<Paths.Link> path) {
        Set<UUID> wanted = path.stream().map(Paths.Link::id).collect(Collectors.toSet());
        return of(SequenceRange.of(path.stream().map(Paths.Link::sequence).toList()).stream()
                .flatMap(range -> range.read(entities, Message.IN_RANGE, Message.class, conversation))
                .filter(message -> wanted.contains(message.id()))
                .toList());
    }

    /** These messages of one conversation with what belongs to them. */
    List<Transcript.Entry> of(List<Message> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<SegmentRow>> segments = segments(messages);
        Map<UUID, List<UUID>> children = siblings(messages);
        List<UUID> roots = roots(messages);
        Map<UUID, Set<String>> decided = decided(messages, segments);
        List<Transcript.Entry> entries = new ArrayList<>();
        for (Message message : messages) {
            UUID parent = message.parent();
            List<UUID> alternatives = parent == null ? roots : children.getOrDefault(parent, List.of(message.id()));
            List<Segment> runs = Segment.of(segments.getOrDefault(message.id(), List.of()));
            entries.add(
                    new Transcript.Entry(message, runs, alternatives, decided.getOrDefault(message.id(), Set.of())));
        }
        return entries;
    }

    /** The rows of each message of one conversation, in order. */
    Map<UUID, List<SegmentRow>> segments(List<Message> messages) {
        Set<UUID> wanted = messages.stream().map(Message::id).collect(Collectors.toSet());
        Map<UUID, List<SegmentRow>> found = new HashMap<>();
        for (SequenceRange range :
                SequenceRange.of(messages.stream().map(Message::sequence).toList())) {
            range.read(
                            entities,
                            SegmentRow.IN_RANGE,
                            SegmentRow.class,
                            messages.get(0).conversation())
                    .filter(segment -> wanted.contains(segment.message()))
                    .forEach(segment -> found.computeIfAbsent(segment.message(), id -> new ArrayList<>())
                            .add(segment));
        }
        return found;
    }

    /** The calls about which a person has decided, in answers that wait for more such decisions or are about to go on. */
    private Map<UUID, Set<String>> decided(List<Message> messages, Map<UUID, List<SegmentRow>> segments) {
        List<UUID> waiting = messages.stream()
                .filter(message -> DECIDING.contains(message.state()))
                .filter(message -> segments.getOrDefault(message.id(), List.of()).stream()
                        .anyMatch(row -> row.kind() == SegmentKind.TOOL_CALL))
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

    /** The messages that follow none, if one of the given does. */
    private List<UUID> roots(List<Message> messages) {
        if (messages.stream().noneMatch(message -> message.parent() == null)) {
            return List.of();
        }
        return entities.createNamedQuery(TreeNode.ROOTS, UUID.class)
                .setParameter("conversation", messages.get(0).conversation())
                .getResultList();
    }

    /** By id of the parent, the ids of all messages that have the same one as some of the given of one conversation. */
    private Map<UUID, List<UUID>> siblings(List<Message> messages) {
        Set<UUID> elsewhere =
                messages.stream().map(Message::parent).filter(Objects::nonNull).collect(Collectors.toSet());
        List<Message> here = messages.stream()
                .filter(message -> elsewhere.contains(message.id()))
                .toList();
        here.forEach(message -> elsewhere.remove(message.id()));
        Set<UUID> wanted = here.stream().map(Message::id).collect(Collectors.toSet());
        Map<UUID, List<UUID>> found = new HashMap<>();
        for (SequenceRange range :
                SequenceRange.of(here.stream().map(Message::sequence).toList())) {
            range.read(entities, TreeNode.CHILDREN, Object[].class, here.get(0).conversation())
                    .filter(row ->
                            wanted.contains((UUID) row[0])) // others are in the range, and may be asked for below
                    .forEach(row -> add(found, row));
        }
        for (List<UUID> parents : IdBatches.of(elsewhere)) {
            entities.createNamedQuery(TreeNode.ALTERNATIVES, Object[].class)
                    .setParameter("parents", parents)
                    .getResultStream()
                    .forEach(row -> add(found, row));
        }
        return found;
    }

    private static void add(Map<UUID, List<UUID>> children, Object[] row) {
        children.computeIfAbsent((UUID) row[0], parent -> new ArrayList<>()).add((UUID) row[1]);
    }
}
