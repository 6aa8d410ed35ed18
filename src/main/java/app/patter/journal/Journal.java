package app.patter.journal;

import app.patter.concurrent.Executors;
import app.patter.concurrent.Throwables;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.journal.AnswerBuffer.Snapshot;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Saves first; readers are woken by the commit. All drafts with unsaved text are saved together, in transactions of at
 * most {@value #AT_ONCE}: when the {@link Debouncer}'s timer fires, or at once for the first token and the end of a
 * message.
 */
@ApplicationScoped
public class Journal {

    private static final Logger LOG = System.getLogger(Journal.class.getName());
    private static final long LATE = 1_000;

    /**
     * Most messages that one transaction writes. While the next ones are being saved, those of the first are rendered and
     * sent; smaller transactions cost more, because the database writes each of its pages once for each.
     */
    static final int AT_ONCE = 250;

    /** Messages that began one after the other have rows one after the other, which lie on the same pages. */
    private static final Comparator<AnswerBuffer> IN_ORDER =
            Comparator.comparing(buffer -> buffer.ticket().message());

    private static final int LAST_TRIES = 3;
    private static final long LAST_WAIT = 3;

    @Inject
    private SaveTransaction transaction;

    @Inject
    private RecentChanges steps;

    @Inject
    private Debouncer debouncer;

    @Inject
    private TimerCheck timer;

    @Inject
    private Executors executors;

    @Inject
    private Event<SavingPaused> paused;

    @Inject
    private MeterRegistry registry;

    private JournalMeters meters;

    private final Settings settings = Settings.ofProcess();
    private final AdaptiveInterval pace = new AdaptiveInterval(
            settings.number(Setting.SAVE_INTERVAL),
            settings.number(Setting.SAVE_INTERVAL_MAX),
            settings.number(Setting.SAVE_SIZE));
    private final long unsavedLimit = settings.number(Setting.UNSAVED_LIMIT);

    private final Thread goingDown = new Thread(this::shutDown, "patter-going-down");
    private final Set<AnswerBuffer> open = ConcurrentHashMap.newKeySet();
    private final Set<AnswerBuffer> dirty = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean armed = new AtomicBoolean();
    /** Nanoseconds; a timer that has not fired by then, in a server that is busy, is not waited for. */
    private volatile long overdue;

    private final AtomicBoolean hurried = new AtomicBoolean();
    private final ReentrantLock saving = new ReentrantLock();

    /** When the last save began, as {@link System#nanoTime()}. */
    private volatile long saveBegan = System.nanoTime();

    /** Conversations whose fault is in the log already; for whoever saves. */
    private final Set<UUID> stuck = new HashSet<>();

    private SaveStalls stalls;
    private volatile boolean closing;

    @PostConstruct
    void measure() {
        meters = new JournalMeters(registry, pace, open);
        stalls = new SaveStalls(paused::fire);
    }

    /** Whether the database took the last save, and has not held one up for seconds. */
    public boolean healthy() {
        return !pace.failing() && !stalls.standing(System.nanoTime());
    }

    /**
     * Forgets old changes, tells readers of a save that does not return, and saves what no timer came for; called every
     * second, by a thread that does not save.
     */
    void checkStalls() {
        steps.expire();
        int told = stalls.check(conversations(dirty), System.nanoTime());
        if (told > 0) {
            LOG.log(
                    Level.WARNING,
                    "A save has not returned for {0} s; {1} conversations wait for it.",
                    TimeUnit.NANOSECONDS.toSeconds(SaveStalls.STANDING),
                    told);
        }
        long late = TimeUnit.MILLISECONDS.toNanos(pace.interval() + LATE);
        if (!closing && !dirty.isEmpty() && !saving.isLocked() && System.nanoTime() - saveBegan > late) {
            executors.saves().execute(debouncer::due);
        }
    }

    private static Set<UUID> conversations(Collection<AnswerBuffer> buffers) {
        return buffers.stream().map(buffer -> buffer.ticket().conversation()).collect(Collectors.toSet());
    }

    /** Begins to write a message. */
    public AnswerBuffer open(GenerationTicket ticket) {
        AnswerBuffer buffer =
                new AnswerBuffer(ticket, unsavedLimit, MonotonicClock.fromNow(), this::changed, this::saveNow);
        open.add(buffer);
        buffer.outcome().thenRun(() -> open.remove(buffer));
        return buffer;
    }

    private void changed(AnswerBuffer buffer) {
        if (buffer.isSure() && pace.enough(System.nanoTime(), buffer.waiting())) {
            saveNow(buffer);
        } else {
            arm(buffer);
        }
    }

    private void arm(AnswerBuffer buffer) {
        dirty.add(buffer);
        if (closing) {
            return;
        }
        if (armed.compareAndSet(false, true)) {
            long pause = pace.interval();
            overdue = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause + LATE);
            if (timer.coarse()) {
                executors.later(debouncer::due, pause);
            } else {
                debouncer.arm(pause);
            }
        } else if (System.nanoTime() - overdue > 0) {
            overdue = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATE);
            executors.saves().execute(debouncer::due);
        }
    }

    private void saveNow(AnswerBuffer buffer) {
        dirty.add(buffer);
        if (!closing && hurried.compareAndSet(false, true)) {
            executors.saves().execute(debouncer::now);
        }
    }

    /** The timer has fired. */
    void due() {
        armed.set(false);
        save();
    }

    /**
     * Saves everything that is unsaved now. One save runs at a time; a further one waits for it, so that after this
     * method nothing is unsaved that was written before it was called, unless the database refuses.
     */
    public void save() {
        saving.lock();
        try {
            hurried.set(false);
            long start = System.nanoTime();
            saveBegan = start;
            int saved = 0;
            List<AnswerBuffer> buffers = new ArrayList<>(dirty);
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
            dirty.addAll(buffers);
            throw e;
        }
    }

    /** How many of them had something to save that the database took. */
    private int save(List<AnswerBuffer> buffers) {
        List<Snapshot> changes = take(buffers);
        if (changes.isEmpty()) {
            return 0;
        }
        long start = System.nanoTime();
        if (!write(changes)) {
            pace.failed();
            meters.refused();
            return 0;
        }
        meters.saved(System.nanoTime() - start, changes.size());
        return changes.size();
    }

    /**
     * A server that is asked to end takes away pools, transactions and beans while applications still run, or leaves
     * before they are told. So the last save is the process's own affair. Called once, when there are tables.
     */
    void expectEnd() {
        try {
            ShutdownSave.rehearse();
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    "What Patter does when it is stopped could not be tried: {0}",
                    Throwables.rootName(e));
        }
        Runtime.getRuntime().addShutdownHook(goingDown);
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        try {
            Runtime.getRuntime().removeShutdownHook(goingDown); // undeployed, in a server that goes on
        } catch (IllegalStateException e) {
            // the process is ending, and the hook does the same at this moment
        }
        shutDown();
    }

    /** Ends everything that is being written, and saves it to the last token. */
    private synchronized void shutDown() {
        closing = true;
        List<AnswerBuffer> last = List.copyOf(open);
        for (AnswerBuffer buffer : last) {
            buffer.end(Completion.plain(MessageState.INTERRUPTED));
        }
        if (!last.isEmpty()) {
            boolean alone = waitForSave();
            try {
                int saved = saveLast(last);
                LOG.log(Level.INFO, "Going down: {0} of {1} running answers saved as interrupted.", saved, last.size());
            } finally {
                if (alone) {
                    saving.unlock();
                }
            }
        }
    }

    private int saveLast(List<AnswerBuffer> buffers) {
        for (int tries = 1; tries <= LAST_TRIES; tries++) {
            List<Snapshot> changes = buffers.stream()
                    .map(AnswerBuffer::take)
                    .filter(Objects::nonNull)
                    .toList();
            try {
                List<Snapshot> written = ShutdownSave.write(changes);
                written.forEach(change -> change.buffer().saved(change));
                return written.size();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "The last text could not be saved yet: {0}", Throwables.rootName(e));
            }
        }
        return 0;
    }

    /** A save under way ends, or fails soon when its connection is taken away. */
    private boolean waitForSave() {
        try {
            return saving.tryLock(LAST_WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Snapshot> take(List<AnswerBuffer> buffers) {
        List<Snapshot> changes = new ArrayList<>();
        for (AnswerBuffer buffer : buffers) {
            dirty.remove(buffer); // before it is asked, so that what comes later marks it anew
            Snapshot change = buffer.take();
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Whether the database took some of it. */
    private boolean write(List<Snapshot> changes) {
        if (tryWrite(changes)) {
            return true;
        }
        pace.failed(); // already now: what follows may take as long again
        boolean some = false;
        if (changes.size() > 1) {
            for (Snapshot change : changes) {
                some |= tryWrite(List.of(change)); // one bad row must harm nobody else
            }
        }
        return some;
    }

    private boolean tryWrite(List<Snapshot> changes) {
        List<Snapshot> refused;
        stalls.begins(conversations(changes.stream().map(Snapshot::buffer).toList()), System.nanoTime());
        try {
            refused = transaction.save(changes);
        } catch (RuntimeException | Error e) {
            // Every failure is worth another try, also one of memory: the text is here, and nobody has been shown it.
            changes.forEach(change -> change.buffer().failed());
            if (changes.size() == 1) {
                retry(changes.get(0).buffer(), e);
            }
            return false;
        } finally {
            stalls.ends(); // before anybody is told that saving goes on
            steps.forget();
        }
        settle(changes, refused);
        return true;
    }

    private void settle(List<Snapshot> changes, List<Snapshot> refused) {
        for (Snapshot change : changes) {
            AnswerBuffer buffer = change.buffer();
            stuck.remove(buffer.ticket().conversation());
            try {
                notifyBuffer(buffer, change, refused.contains(change));
            } catch (RuntimeException | Error e) { // the others want to hear of theirs
                LOG.log(
                        Level.ERROR,
                        "What waited for a save of message " + buffer.ticket().message() + " failed",
                        e);
            }
        }
        int resumed = stalls.goesOn(changes.stream()
                .map(change -> change.buffer().ticket().conversation())
                .toList());
        if (resumed > 0) {
            LOG.log(Level.INFO, "Saving goes on for {0} conversations.", resumed);
        }
    }

    private static void notifyBuffer(AnswerBuffer buffer, Snapshot change, boolean refused) {
        if (refused) {
            buffer.refused();
        } else {
            buffer.saved(change);
        }
    }

    private void retry(AnswerBuffer buffer, Throwable cause) {
        UUID conversation = buffer.ticket().conversation();
        if (stuck.add(conversation)) {
            String what = "Conversation " + conversation + " cannot be saved now (" + Throwables.rootName(cause) + "), "
                    + buffer.waiting() + " characters wait.";
            // A fault of the database may quote the text; any other is ours, and wants its stack.
            LOG.log(Level.WARNING, what, Throwables.find(cause, SQLException.class) == null ? cause : null);
        }
        stalls.paused(Set.of(conversation));
        arm(buffer);
    }
}
