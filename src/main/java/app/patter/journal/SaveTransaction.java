package app.patter.journal;

import app.patter.chat.TokenUsage;
import app.patter.conversation.Conversation;
import app.patter.conversation.IdBatches;
import app.patter.conversation.Message;
import app.patter.conversation.MessageState;
import app.patter.conversation.ProviderMessageRow;
import app.patter.conversation.Revisions;
import app.patter.conversation.SegmentRow;
import app.patter.journal.AnswerBuffer.Snapshot;
import app.patter.journal.AnswerBuffer.Write;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes changes of drafts in one transaction. */
@ApplicationScoped
public class SaveTransaction {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    @Inject
    private RecentChanges steps;

    /**
     * Makes this bean when Patter starts. Payara leaves the entity manager out of a bean that is made on a thread of an
     * executor, which would then never save anything; and the first text of all is saved on such a thread.
     */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /**
     * Writes all changes, or none if it throws. {@link Conversation} rows are locked first, so the fences read after that
     * stay true until the commit.
     *
     * @return the changes that the database refuses because somebody else took their message over or deleted it
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public List<Snapshot> save(List<Snapshot> changes) {
        Map<UUID, Long> raised = revisions.raise(changes.stream()
                .map(change -> change.buffer().ticket().conversation())
                .distinct()
                .sorted()
                .toList());
        Map<UUID, Fence> fences = fences(changes);
        List<Snapshot> refused = new ArrayList<>();
        Map<UUID, List<Change.Part>> parts = new LinkedHashMap<>();
        Map<UUID, Long> since = new HashMap<>();
        List<SegmentRow> inserts = new ArrayList<>();
        for (Snapshot change : changes) {
            UUID conversation = change.buffer().ticket().conversation();
            Long revision = raised.get(conversation);
            Fence fence = fences.get(change.buffer().ticket().message());
            if (revision == null || fence == null || !fence.admits(change)) {
                refused.add(change);
            } else if (fence.state().active()) {
                parts.computeIfAbsent(conversation, id -> new ArrayList<>()).add(write(change, revision, inserts));
                since.merge(conversation, change.since(), Change::earlier);
            }
        }
        inserts.forEach(entities::persist);
        // What may have been shown already cannot be told apart from what was not: those readers ask the database.
        changes.stream()
                .filter(Snapshot::unsure)
                .forEach(change -> parts.remove(change.buffer().ticket().conversation()));
        steps.hold(parts.entrySet().stream()
                .map(entry -> new Change(
                        entry.getKey(),
                        raised.getOrDefault(entry.getKey(), 0L),
                        entry.getValue(),
                        since.getOrDefault(entry.getKey(), 0L)))
                .toList());
        return refused;
    }

    private Map<UUID, Fence> fences(List<Snapshot> changes) {
        List<UUID> messages = changes.stream()
                .map(change -> change.buffer().ticket().message())
                .toList();
        Map<UUID, Fence> fences = new HashMap<>();
        for (List<UUID> ids : IdBatches.of(messages)) {
            entities.createNamedQuery(Message.FENCES, Object[].class)
                    .setParameter("ids", ids)
                    .getResultList()
                    .forEach(row -> fences.put((UUID) row[0], new Fence((Long) row[1], (MessageState) row[2])));
        }
        return fences;
    }

    private Change.Part write(Snapshot change, long revision, List<SegmentRow> inserts) {
        Map<Integer, Change.Growth> growths = new LinkedHashMap<>();
        for (Write write : change.writes()) {
            write(change, write, revision, inserts);
            growths.merge(write.row().run, growth(write), SaveTransaction::join);
        }
        change.own().forEach(own -> keep(change.buffer().ticket().message(), own));
        MessageState state = change.state();
        Completion end = change.end();
        if (end != null) {
            end(change, end, revision);
        } else if (state != null) {
            entities.createNamedQuery(Message.ENTER)
                    .setParameter("id", change.buffer().ticket().message())
                    .setParameter("fence", change.buffer().ticket().fence())
                    .setParameter("state", state)
                    .setParameter("revision", revision)
                    .setParameter("model", change.buffer().ticket().model())
                    .executeUpdate();
        }
        return new Change.Part(
                change.buffer().ticket(), List.copyOf(growths.values()), end == null ? state : end.state(), end);
    }

    private void write(Snapshot change, Write write, long revision, List<SegmentRow> inserts) {
        if (write.inserted()) {
            grow(write, revision).executeUpdate();
            return;
        }
        if (change.unsure() && grow(write, revision).executeUpdate() == 1) {
            return;
        }
        inserts.add(new SegmentRow(
                write.row().id,
                change.buffer().ticket().message(),
                write.row().ordinal,
                write.row().kind,
                write.row().continues,
                write.text(),
                revision,
                write.row().created,
                write.closed()));
    }

    private Query grow(Write write, long revision) {
        return entities.createNamedQuery(SegmentRow.GROW)
                .setFlushMode(FlushModeType.COMMIT) // a flush before each would end the batch with it
                .setParameter("id", write.row().id)
                .setParameter("text", write.text())
                .setParameter("revision", revision)
                .setParameter("closed", write.closed());
    }

    private void end(Snapshot change, Completion end, long revision) {
        TokenUsage used = end.used();
        entities.createNamedQuery(Message.END)
                .setParameter("id", change.buffer().ticket().message())
                .setParameter("fence", change.buffer().ticket().fence())
                .setParameter("state", end.state())
                .setParameter("revision", revision)
                .setParameter("model", change.buffer().ticket().model())
                .setParameter("problem", end.problem())
                .setParameter("finish", end.finish())
                .setParameter("input", used == null ? null : used.input())
                .setParameter("output", used == null ? null : used.output())
                .setParameter("cached", used == null ? null : used.cached())
                .setParameter("reasoning", used == null ? null : used.reasoning())
                .setParameter("cost", used == null ? null : used.cost())
                .setParameter("now", OffsetDateTime.now(ZoneOffset.UTC))
                .executeUpdate();
    }

    private void keep(UUID message, AnswerBuffer.Original own) {
        entities.createNamedQuery(ProviderMessageRow.FORGET) // an earlier, unsure save may have written it
                .setParameter("message", message)
                .setParameter("round", own.round())
                .executeUpdate();
        entities.persist(new ProviderMessageRow(UUID.randomUUID(), message, own.round(), own.message()));
    }

    private static Change.Growth growth(Write write) {
        boolean begins = !write.row().continues && write.from() == 0;
        return new Change.Growth(
                write.row().run, write.row().kind, begins, write.text().substring(write.from()), write.lasted());
    }

    private static Change.Growth join(Change.Growth first, Change.Growth then) {
        return new Change.Growth(first.run(), first.kind(), first.begins(), first.text() + then.text(), then.lasted());
    }

    /** What the database knows of a message. */
    private record Fence(long fence, MessageState state) {

        /** An end that an earlier, unsure save did write is not refused: it is what we wanted. */
        boolean admits(Snapshot change) {
            Completion end = change.end();
            boolean written = change.unsure() && end != null && end.state() == state;
            return fence == change.buffer().ticket().fence() && (state.active() || written);
        }
    }
}
