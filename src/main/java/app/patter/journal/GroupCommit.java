package app.patter.journal;

import app.patter.concurrent.Seldom;
import app.patter.concurrent.Throwables;
import app.patter.journal.SaveTransaction.Saved;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Saves all buffers that wait, together, in transactions of at most {@value #AT_ONCE}; one save runs at a time. What
 * cannot be saved waits for the next. Thread-safe.
 */
final class GroupCommit {

    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

    /**
     * Most messages that one transaction writes. While the next ones are being saved, those of the first are rendered and
     * sent; smaller transactions cost more, because the database writes each of its pages once for each.
     */
    static final int AT_ONCE = 250;

    /** Messages that began one after the other have rows one after the other, which lie on the same pages. */
    private static final Comparator<AnswerBuffer> IN_ORDER =
            Comparator.comparing(buffer -> buffer.ticket().message());

    private final SaveTransaction transaction;
    private final Consumer<Saved> published;
    private final SaveScheduler scheduler;
    private final AdaptiveInterval pace;
    private final SaveStalls stalls;
    private final JournalMeters meters;

    private final Set<AnswerBuffer> waiting = ConcurrentHashMap.newKeySet();
    private final ReentrantLock saving = new ReentrantLock();

    /** Conversations whose fault is in the log already; for whoever saves. */
    /** Saving may pause and go on many times a minute, for many conversations. */
    private final Seldom pauses = new Seldom();

    private final Seldom resumes = new Seldom();

    private final Set<UUID> stuck = new HashSet<>();

    /** @param published told of what is committed, before the buffers are */
    GroupCommit(
            SaveTransaction transaction,
            Consumer<Saved> published,
            SaveScheduler scheduler,
            AdaptiveInterval pace,
            SaveStalls stalls,
            JournalMeters meters) {
        this.transaction = transaction;
        this.published = published;
        this.scheduler = scheduler;
        this.pace = pace;
        this.stalls = stalls;
        this.meters = meters;
    }

    /** This buffer has something to save. */
    void add(AnswerBuffer buffer) {
        waiting.add(buffer);
    }

    /** Conversations of the buffers that no save has taken yet. */
    Set<UUID> waiting() {
        return waiting.stream().map(buffer -> buffer.ticket().conversation()).collect(Collectors.toSet());
    }

    /** Whether something waits though no save runs. */
    boolean isIdle() {
        return !waiting.isEmpty() && !saving.isLocked();
    }

    /**
     * Saves everything that waits now. A further call waits for the one that runs, so that after this method nothing is
     * unsaved that was written before it was called, unless the database refuses.
     */
    void save() {
        saving.lock();
        try {
            scheduler.begins();
            long start = System.nanoTime();
            int saved = 0;
            List<AnswerBuffer> buffers = new ArrayList<>(waiting);
            buffers.sort(IN_ORDER);
            for (int from = 0; from < buffers.size(); from += AT_ONCE) {
                saved += saveOrKeep(buffers.subList(from, Math.min(buffers.size(), from + AT_ONCE)));
            }
            if (saved > 0) {
                long now = System.nanoTime();
                pace.saved(now, now - start, saved);
            }
        } finally {
            saving.unlock();
        }
    }

    /** The same as {@link #save(List)}; when it fails where nothing should, the next look finds what was left. */
    private int saveOrKeep(List<AnswerBuffer> buffers) {
        try {
            return save(buffers);
        } catch (RuntimeException | Error e) {
            waiting.addAll(buffers);
            throw e;
        }
    }

    /** How many of them had something to save, if the database took any of it. */
    private int save(List<AnswerBuffer> buffers) {
        List<Taken> all = take(buffers);
        if (all.isEmpty()) {
            return 0;
        }
        long start = System.nanoTime();
        if (!write(all)) {
            pace.failed();
            meters.refused();
            return 0;
        }
        meters.saved(System.nanoTime() - start, all.size());
        return all.size();
    }

    /** What a buffer has to save. */
    private record Taken(AnswerBuffer buffer, Snapshot change) {}

    private List<Taken> take(List<AnswerBuffer> buffers) {
        List<Taken> all = new ArrayList<>();
        for (AnswerBuffer buffer : buffers) {
            waiting.remove(buffer); // before it is asked, so that what comes later marks it anew
            Snapshot change = buffer.take();
            if (change != null) {
                all.add(new Taken(buffer, change));
            }
        }
        return all;
    }

    /** Whether the database took some of it. */
    private boolean write(List<Taken> all) {
        if (tryWrite(all)) {
            return true;
        }
        pace.failed(); // already now: what follows may take as long again
        boolean some = false;
        if (all.size() > 1) {
            for (Taken taken : all) {
                some |= tryWrite(List.of(taken)); // one bad row must harm nobody else
            }
        }
        return some;
    }

    private boolean tryWrite(List<Taken> all) {
        List<Snapshot> changes = all.stream().map(Taken::change).toList();
        Saved saved;
        stalls.begins(changes.stream().map(Snapshot::conversation).collect(Collectors.toSet()), System.nanoTime());
        try {
            saved = transaction.save(changes);
        } catch (RuntimeException | Error e) {
            // Every failure is worth another try, also one of memory: the text is here, and nobody has been shown it.
            all.forEach(taken -> taken.buffer().failed());
            if (all.size() == 1) {
                retry(all.get(0).buffer(), e);
            }
            return false;
        } finally {
            stalls.ends(); // before anybody is told that saving goes on
        }
        publish(saved);
        settle(all, saved.refused());
        return true;
    }

    private void publish(Saved saved) {
        try {
            published.accept(saved);
        } catch (RuntimeException | Error e) { // it is saved anyway
            LOG.log(Level.ERROR, "Not all readers heard of a save", e);
        }
    }

    private void settle(List<Taken> all, Set<UUID> refused) {
        for (Taken taken : all) {
            stuck.remove(taken.change().conversation());
            try {
                tell(taken, refused);
            } catch (RuntimeException | Error e) { // the others want to hear of theirs
                LOG.log(
                        Level.ERROR,
                        "What waited for a save of message " + taken.change().message() + " failed",
                        e);
            }
        }
        int resumed = stalls.goesOn(
                all.stream().map(taken -> taken.change().conversation()).toList());
        if (resumed > 0 && resumes.pass().isPresent()) {
            LOG.log(Level.INFO, "Saving goes on for {0} conversations.", resumed);
        }
    }

    private static void tell(Taken taken, Set<UUID> refused) {
        if (refused.contains(taken.change().message())) {
            taken.buffer().refused();
        } else {
            taken.buffer().saved(taken.change());
        }
    }

    private void retry(AnswerBuffer buffer, Throwable cause) {
        UUID conversation = buffer.ticket().conversation();
        if (stuck.add(conversation) && pauses.pass().isPresent()) {
            String what = "Conversation " + conversation + " cannot be saved now (" + Throwables.rootName(cause) + "), "
                    + buffer.waiting() + " characters wait.";
            // A fault of the database may quote the text; any other is ours, and wants its stack.
            LOG.log(Level.WARNING, what, Throwables.find(cause, SQLException.class) == null ? cause : null);
        }
        stalls.paused(Set.of(conversation));
        add(buffer);
        scheduler.arm();
    }

    /**
     * Lets no save begin until {@link #resume}. One that runs ends soon, or fails when its connection is taken away.
     *
     * @return false if one still runs after so many seconds, or the thread is interrupted; then there is nothing to resume
     */
    boolean pause(long seconds) {
        try {
            return saving.tryLock(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** By the thread that paused. */
    void resume() {
        saving.unlock();
    }
}
