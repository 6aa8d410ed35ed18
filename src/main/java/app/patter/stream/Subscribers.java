package app.patter.stream;

import app.patter.account.Logins;
import app.patter.cluster.Activity;
import app.patter.cluster.Signal;
import app.patter.concurrent.Executors;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.Revisions;
import app.patter.journal.SavingPaused;
import app.patter.stream.StreamLimits.Admission;
import app.patter.stream.StreamMeters.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens the event streams of this node, and passes on to them what happens. */
@ApplicationScoped
public class Subscribers {

    /** Characters that all frames under way may have together: an eighth of the heap, at two bytes each. */
    private static final long HELD = Runtime.getRuntime().maxMemory() / 16;

    @Inject
    private PageFrames frames;

    @Inject
    private Revisions revisions;

    @Inject
    private Executors executors;

    @Inject
    private Activity activity;

    @Inject
    private MeterRegistry registry;

    @Inject
    private CatchUpReader reads;

    @Inject
    private Logins validLogins;

    private StreamMeters meters;
    private LoginChecks logins;
    private FairExecutor sends;
    private RunningAnswers running;

    private final long heartbeat = nanos(Setting.HEARTBEAT);

    private final SubscriberChecks checks =
            new SubscriberChecks(heartbeat, nanos(Setting.SEND_TIMEOUT), nanos(Setting.STREAM_AGE), HELD);

    private final StreamLimits limits = new StreamLimits(
            Settings.ofProcess().number(Setting.READERS), Settings.ofProcess().number(Setting.READERS_PER_ACCOUNT));

    /** A quarter of the threads for sends, so that it takes more than a few accounts to hold them all. */
    private final int sendsOfOne = (int) Math.max(1, Settings.ofProcess().number(Setting.SEND_THREADS) / 4);

    private final SubscriberRegistry subscribers = new SubscriberRegistry();
    private final RevisionListeners listeners = new RevisionListeners();

    private static long nanos(Setting setting) {
        return Settings.ofProcess().duration(setting).toNanos();
    }

    @PostConstruct
    void measure() {
        meters = new StreamMeters(registry);
        logins = new LoginChecks(this::openLogins, validLogins::alive, this::end, executors.reads());
        sends = new FairExecutor(executors.sends(), sendsOfOne);
        running = new RunningAnswers(reads::of, account -> reads.read(() -> activity.of(account)));
        Gauge.builder("patter.readers", limits, StreamLimits::open)
                .description("Event streams that are open on this node")
                .register(registry);
    }

    /** Opens a stream: registered first, then told what it missed, so that nothing falls between the two. */
    Admission open(Subscription wanted) {
        UUID account = wanted.account();
        Admission admission = limits.admit(account);
        if (admission != Admission.OPEN) {
            meters.dropped(Reason.REFUSED);
            return admission;
        }
        Subscriber subscriber = new Subscriber(
                wanted,
                new Subscriber.Pools(sends.of(account), reads.of(account), executors.closes(), Subscribers::later),
                meters,
                TimeUnit.NANOSECONDS.toMillis(heartbeat),
                System::nanoTime,
                this::forget);
        subscribers.add(subscriber);
        subscriber.open();
        running.send(account, Stream.of(subscriber));
        long current = revisions.current(wanted.conversation());
        if (wanted.position() > current) {
            // A position from the future: the database was restored from a backup. Only a fresh page helps.
            subscriber.notice("stale", "reload", true);
        } else {
            subscriber.wake(current);
        }
        return admission;
    }

    private static void later(Executor executor, Runnable work, long nanoseconds) {
        CompletableFuture.delayedExecutor(nanoseconds, TimeUnit.NANOSECONDS, executor)
                .execute(work);
    }

    private void forget(Subscriber subscriber) {
        limits.release(subscriber.subscription().account());
        subscribers.remove(subscriber);
    }

    /** An answer has begun or ended somewhere; the lists of conversations that its owner sees show it. */
    void running(@Observes Signal.ActivityChanged signal) {
        running.send(signal.owner(), subscribers.ofAccount(signal.owner()));
    }

    /** What a login opened ends with it. */
    void loggedOut(@Observes Signal.LoginEnded signal) {
        end(signal.key());
    }

    private void end(String login) {
        subscribers.ofLogin(login).forEach(subscriber -> subscriber.notice("login", "ended", true));
        listeners.endLogin(login);
    }

    /** What streams were opened with. */
    private Set<String> openLogins() {
        return Stream.concat(
                        subscribers
                                .all()
                                .map(subscriber -> subscriber.subscription().login()),
                        listeners.logins().stream())
                .collect(Collectors.toSet());
    }

    /** A conversation has advanced, on whatever node; if a save did it here, its changes are in memory by now. */
    void advanced(@Observes Signal.ConversationAdvanced signal) {
        subscribers.of(signal.conversation()).forEach(subscriber -> subscriber.wake(signal.revision()));
        listeners.advanced(signal.conversation(), signal.revision());
    }

    void paused(@Observes SavingPaused event) {
        String paused = Boolean.toString(event.paused());
        for (UUID conversation : event.conversations()) {
            subscribers.of(conversation).forEach(subscriber -> subscriber.notice("paused", paused, false));
        }
    }

    /**
     * Hears of a conversation's revisions without being a subscriber: at once of the one that it has now, so that nothing
     * falls between what was read before and what is heard afterwards.
     *
     * @param login as {@link Subscription#login()}: it hears no more when that has ended
     * @param heard called on this thread or on a committing one; must be quick and must not throw. Told 0 when it hears no
     *     more, and −1 if there is no such conversation
     */
    RevisionListeners.Listening listen(UUID conversation, String login, LongConsumer heard) {
        RevisionListeners.Listening listening = listeners.add(conversation, login, heard);
        heard.accept(revisions.current(conversation));
        return listening;
    }

    /** Called every second. */
    void check() {
        logins.tick();
        frames.keepOnly(subscribers.conversations());
        checks.run(subscribers.all().toList());
    }

    /** The server goes down; browsers come again by themselves. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        subscribers.all().forEach(subscriber -> subscriber.drop(Reason.SHUTDOWN));
        listeners.endAll();
    }
}
