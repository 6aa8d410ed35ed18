package app.patter.journal;

import app.patter.cluster.Bus;
import app.patter.cluster.Signal;
import app.patter.concurrent.Executors;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.GenerationTicket;
import app.patter.journal.SaveTransaction.Saved;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Saves first; readers are woken after the commit. All buffers with unsaved text are saved together: when the
 * {@link Debouncer}'s timer fires, or at once for the first token and the end of a message. {@link SaveScheduler} decides
 * when, {@link GroupCommit} saves, {@link Shutdown} saves for the last time.
 */
@ApplicationScoped
public class Journal {

    private static final Logger LOG = System.getLogger(Journal.class.getName());

    @Inject
    private SaveTransaction transaction;

    @Inject
    private RecentChanges changes;

    @Inject
    private Bus bus;

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

    private final Settings settings = Settings.ofProcess();
    private final AdaptiveInterval pace = new AdaptiveInterval(
            settings.number(Setting.SAVE_INTERVAL),
            settings.number(Setting.SAVE_INTERVAL_MAX),
            settings.number(Setting.SAVE_SIZE));
    private final long unsavedLimit = settings.number(Setting.UNSAVED_LIMIT);

    private final Set<AnswerBuffer> open = ConcurrentHashMap.newKeySet();

    private SaveStalls stalls;
    private SaveScheduler scheduler;
    private GroupCommit commit;
    private Shutdown shutdown;

    @PostConstruct
    void assemble() {
        stalls = new SaveStalls(paused::fire);
        scheduler = new SaveScheduler(pace, new Starter(), System::nanoTime);
        JournalMeters meters = new JournalMeters(registry, pace, open);
        commit = new GroupCommit(transaction, this::publish, scheduler, pace, stalls, meters);
        shutdown = new Shutdown(open, scheduler, commit, ShutdownSave::write);
    }

    /** By the EJB timer; by a thread where that is too coarse to stream with. */
    private final class Starter implements SaveScheduler.Starter {

        @Override
        public void later(long milliseconds) {
            if (timer.coarse()) {
                executors.later(debouncer::due, milliseconds);
            } else {
                debouncer.arm(milliseconds);
            }
        }

        @Override
        public void inPlaceOfTimer() {
            executors.saves().execute(debouncer::due);
        }

        @Override
        public void now() {
            executors.saves().execute(debouncer::now);
        }
    }

    /** Begins to write a message. */
    public AnswerBuffer open(GenerationTicket ticket) {
        AnswerBuffer buffer =
                new AnswerBuffer(ticket, unsavedLimit, MonotonicClock.fromNow(), this::changed, this::urgent);
        open.add(buffer);
        buffer.outcome().thenRun(() -> open.remove(buffer));
        return buffer;
    }

    private void changed(AnswerBuffer buffer) {
        commit.add(buffer);
        scheduler.changed(buffer);
    }

    private void urgent(AnswerBuffer buffer) {
        commit.add(buffer);
        scheduler.hurry();
    }

    /** The timer has fired. */
    void due() {
        scheduler.fired();
        save();
    }

    /**
     * Saves everything that is unsaved now. One save runs at a time; a further one waits for it, so that after this
     * method nothing is unsaved that was written before it was called, unless the database refuses.
     */
    public void save() {
        commit.save();
    }

    /** After the commit: what readers need first, then the word that wakes them. */
    private void publish(Saved saved) {
        try {
            saved.changes().forEach(changes::add);
        } finally { // whoever does not find a change reads the database
            saved.revisions()
                    .forEach((conversation, revision) ->
                            bus.publish(new Signal.ConversationAdvanced(conversation, revision)));
        }
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
        changes.expire();
        int told = stalls.check(commit.waiting(), System.nanoTime());
        if (told > 0) {
            LOG.log(
                    Level.WARNING,
                    "A save has not returned for {0} s; {1} conversations wait for it.",
                    TimeUnit.NANOSECONDS.toSeconds(SaveStalls.STANDING),
                    told);
        }
        if (commit.isIdle()) {
            scheduler.check();
        }
    }

    /** Called once, when there are tables. */
    void expectEnd() {
        shutdown.expect();
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        shutdown.applicationEnds();
    }
}
