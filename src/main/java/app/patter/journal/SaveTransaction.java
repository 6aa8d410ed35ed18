package app.patter.journal;

import app.patter.conversation.Conversation;
import app.patter.conversation.IdBatches;
import app.patter.conversation.Message;
import app.patter.conversation.MessageState;
import app.patter.conversation.ProviderMessageRow;
import app.patter.conversation.Revisions;
import app.patter.conversation.SegmentRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes changes of answers in one transaction. */
@ApplicationScoped
public class SaveTransaction {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    /**
     * Makes this bean when Patter starts. Payara leaves the entity manager out of a bean that is made on a thread of an
     * executor, which would then never save anything; and the first text of all is saved on such a thread.
     */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /**
     * What a save has committed.
     *
     * @param revisions at which the conversations stand now, but for those whose messages are all gone
     * @param changes   what leads to them, without what an unsure save may have shown already
     * @param refused   messages that the database refuses because they were taken over or deleted
     */
    record Saved(Map<UUID, Long> revisions, List<Change> changes, Set<UUID> refused) {}

    /**
     * Writes all changes, or none if it throws; committed when it returns. {@link Conversation} rows are locked first, so
     * the fences read after that stay true until the commit.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Saved save(List<Snapshot> changes) {
        revisions.raiseSilently(
                changes.stream().map(Snapshot::conversation).distinct().sorted().toList());
        Map<UUID, Long> raised = new HashMap<>();
        Map<UUID, Fence> fences = fences(changes, raised);
        Set<UUID> refused = new HashSet<>();
        Map<UUID, List<Change.Part>> parts = new LinkedHashMap<>();
        Map<UUID, Long> since = new HashMap<>();
        List<SegmentRow> inserts = new ArrayList<>();
        for (Snapshot change : changes) {
            UUID conversation = change.conversation();
            Fence fence = fences.get(change.message());
            if (fence == null || !fence.admits(change)) {
                refused.add(change.message());
            } else if (fence.state().active()) {
                long revision = fence.revision();
                parts.computeIfAbsent(conversation, id -> new ArrayList<>()).add(write(change, revision, inserts));
                since.merge(conversation, change.since(), Change::earlier);
            }
        }
        inserts.forEach(entities::persist);
        // What may have been shown already cannot be told apart from what was not: those readers ask the database.
        changes.stream().filter(Snapshot::unsure).forEach(change -> parts.remove(change.conversation()));
        List<Change> committed = parts.entrySet().stream()
                .map(entry -> new Change(
                        entry.getKey(),
                        raised.getOrDefault(entry.getKey(), 0L),
                        entry.getValue(),
                        since.getOrDefault(entry.getKey(), 0L)))
                .toList();
        return new Saved(raised, committed, refused);
    }

    /** Puts the revisions of their conversations into a map besides. */
    private Map<UUID, Fence> fences(List<Snapshot> changes, Map<UUID, Long> revisions) {
        List<UUID> messages = changes.stream().map(Snapshot::message).toList();
        Map<UUID, Fence> fences = new HashMap<>();
        for (List<UUID> ids : IdBatches.of(messages)) {
            entities.createNamedQuery(Message.FENCES, Object[].class)
                    .setParameter("ids", ids)
                    .getResultList()
                    .forEach(row -> {
                        long revision = (Long) row[4];
                        fences.put((UUID) row[0], new Fence((Long) row[1], (MessageState) row[2], revision));
                        revisions.put((UUID) row[3], revision);
                    });
        }
        return fences;
    }

    private Change.Part write(Snapshot change, long revision, List<SegmentRow> inserts) {
        Map<Integer, Change.Growth> growths = new LinkedHashMap<>();
        for (SegmentWrite write : change.segments()) {
            write(change, write, revision, inserts);
            growths.merge(write.run(), growth(write), SaveTransaction::join);
        }
        change.originals().forEach(original -> keep(change.message(), original));
        MessageState state = change.state();
        Completion end = change.end();
        if (end != null) {
            Query query = update(Message.END, change);
            SaveColumns.ofEnd(change, end, revision, query::setParameter);
            query.executeUpdate();
        } else if (state != null) {
            update(Message.ENTER, change)
                    .setParameter("state", state)
                    .setParameter("revision", revision)
                    .setParameter("model", change.ticket().model())
                    .executeUpdate();
        }
        return new Change.Part(change.ticket(), List.copyOf(growths.values()), end == null ? state : end.state(), end);
    }

    private Query update(String name, Snapshot change) {
        return entities.createNamedQuery(name)
                .setParameter("id", change.message())
                .setParameter("fence", change.ticket().fence());
    }

    private void write(Snapshot change, SegmentWrite write, long revision, List<SegmentRow> inserts) {
        if (write.inserted()) {
            grow(write, revision).executeUpdate();
            return;
        }
        if (change.unsure() && grow(write, revision).executeUpdate() == 1) {
            return;
        }
        inserts.add(row(change.message(), write, revision));
    }

    private Query grow(SegmentWrite write, long revision) {
        Query query = entities.createNamedQuery(SegmentRow.GROW)
                .setFlushMode(FlushModeType.COMMIT) // a flush before each would end the batch with it
                .setParameter("id", write.id());
        SaveColumns.ofGrown(write, revision, query::setParameter);
        return query;
    }

    /** With the columns of {@link SaveColumns#ofNew}. */
    static SegmentRow row(UUID message, SegmentWrite write, long revision) {
        return new SegmentRow(
                write.id(),
                message,
                write.ordinal(),
                write.kind(),
                write.continues(),
                write.text(),
                revision,
                write.created(),
                write.closed());
    }

    private void keep(UUID message, Snapshot.Original original) {
        entities.createNamedQuery(ProviderMessageRow.FORGET) // an earlier, unsure save may have written it
                .setParameter("message", message)
                .setParameter("round", original.call())
                .executeUpdate();
        entities.persist(new ProviderMessageRow(UUID.randomUUID(), message, original.call(), original.message()));
    }

    private static Change.Growth growth(SegmentWrite write) {
        boolean begins = !write.continues() && write.from() == 0;
        return new Change.Growth(
                write.run(), write.kind(), begins, write.text().substring(write.from()), write.lasted());
    }

    private static Change.Growth join(Change.Growth first, Change.Growth then) {
        return new Change.Growth(first.run(), first.kind(), first.begins(), first.text() + then.text(), then.lasted());
    }

    /** What the database knows of a message, and the revision of its conversation. */
    private record Fence(long fence, MessageState state, long revision) {

        /** An end that an earlier, unsure save did write is not refused: it is what we wanted. */
        boolean admits(Snapshot change) {
            Completion end = change.end();
            boolean written = change.unsure() && end != null && end.state() == state;
            return fence == change.ticket().fence() && (state.active() || written);
        }
    }
}
