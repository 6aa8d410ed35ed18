package app.patter.stream;

import app.patter.account.LoginEnded;
import app.patter.concurrent.Executors;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.ActivityChanged;
import app.patter.conversation.ConversationAdvanced;
import app.patter.conversation.Conversations;
import app.patter.conversation.Revisions;
import app.patter.journal.RecentChanges;
import app.patter.journal.SavingPaused;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The readers of this node, by conversation. */
@ApplicationScoped
public class Subscribers {

    /** For so many times as long as a send may take, a reader waits for its turn; then it comes again instead. */
    private static final int WAITS = 6;

    /** Characters that all frames under way may have together: an eighth of the heap, at two bytes each. */
    private static final long HELD = Runtime.getRuntime().maxMemory() / 16;

    @Inject
    private PageFrames frames;

    @Inject
    private RecentChanges changes;

    @Inject
    private Revisions revisions;

    @Inject
    private Executors executors;

    @Inject
    private Conversations owned;

    @Inject
    private MeterRegistry registry;

    @Inject
    private CatchUpReader reads;

    private StreamMeters meters;
    private FairExecutor sends;
    private RunningAnswers running;

    private final long heartbeat = nanos(Setting.HEARTBEAT);
    private final long sendTimeout = nanos(Setting.SEND_TIMEOUT);
    private final long longestLife = nanos(Setting.STREAM_AGE);
    private final long most = Settings.ofProcess().number(Setting.READERS);
    private final long mostOfOne = Settings.ofProcess().number(Setting.READERS_PER_ACCOUNT);

    /** A quarter of the threads for sends, so that it takes more than a few accounts to hold them all. */
    private final int sendsOfOne = (int) Math.max(1, Settings.ofProcess().number(Setting.SEND_THREADS) / 4);

    private final Map<UUID, Set<Subscriber>> conversations = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> accounts = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    private final Set<Listening> listeners = ConcurrentHashMap.newKeySet();

    private static long nanos(Setting setting) {
        return Settings.ofProcess().duration(setting).toNanos();
    }

    @PostConstruct
    void measure() {
        meters = new StreamMeters(registry);
        sends = new FairExecutor(executors.sends(), sendsOfOne);
        running = new RunningAnswers(reads::of, owner -> reads.read(() -> owned.running(owner)));
        Gauge.builder("patter.readers", open, AtomicInteger::get)
                .description("Event streams that are open on this node")
                .register(registry);
    }

    /** What became of the wish for a stream. */
    enum Admission {
        OPEN,
        /** The account has as many streams as it may have. */
        ACCOUNT_FULL,
        /** The node has as many streams as it may have. */
        NODE_FULL
    }

    /** Opens a stream: registered first, then told what it missed, so that nothing falls between the two. */
    Admission open(Subscription wanted) {
        Admission admission = admit(wanted.account());
        if (admission != Admission.OPEN) {
            meters.dropped(StreamMeters.Reason.REFUSED);
            return admission;
        }
        Subscriber subscriber = new Subscriber(
                wanted,
                new Subscriber.Pools(
                        sends.of(wanted.account()), reads.of(wanted.account()), executors.closes(), Subscribers::later),
                meters,
                TimeUnit.NANOSECONDS.toMillis(heartbeat),
                System::nanoTime,
                this::forget);
        conversations.compute(wanted.conversation(), (id, subscribers) -> {
            Set<Subscriber> known = subscribers == null ? ConcurrentHashMap.newKeySet() : subscribers;
            known.add(subscriber);
            return known;
        });
        subscriber.open();
        running.send(wanted.account(), Stream.of(subscriber));
        long current = revisions.current(wanted.conversation());
        if (wanted.position() > current) {
            // A position from the future: the database was restored from a backup. Only a fresh page helps.
            subscriber.notice("stale", "reload", true);
        } else {
            subscriber.wake(current);
        }
        return admission;
    }

    private Admission admit(UUID owner) {
        if (accounts.merge(owner, 1, Integer::sum) > mostOfOne) {
            release(owner);
            return Admission.ACCOUNT_FULL;
        }
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            release(owner);
            return Admission.NODE_FULL;
        }
        return Admission.OPEN;
    }

    private void release(UUID owner) {
        accounts.computeIfPresent(owner, (id, count) -> count == 1 ? null : count - 1);
    }

    private static void later(Executor executor, Runnable work, long nanoseconds) {
        CompletableFuture.delayedExecutor(nanoseconds, TimeUnit.NANOSECONDS, executor)
                .execute(work);
    }

    private void forget(Subscriber subscriber) {
        open.decrementAndGet();
        release(subscriber.subscription().account());
        conversations.computeIfPresent(subscriber.subscription().conversation(), (id, subscribers) -> {
            subscribers.remove(subscriber);
            return subscribers.isEmpty() ? null : subscribers;
        });
    }

    private Stream<Subscriber> all() {
        return conversations.values().stream().flatMap(Set::stream);
    }

    /** An answer has begun or ended somewhere; the lists of conversations that its owner sees show it. */
    void running(@Observes ActivityChanged event) {
        running.send(
                event.owner(),
                all().filter(subscriber -> subscriber.subscription().account().equals(event.owner())));
    }

    /** What a login opened ends with it. */
    void loggedOut(@Observes(during = TransactionPhase.AFTER_SUCCESS) LoginEnded event) {
        all().filter(subscriber -> subscriber.subscription().login().equals(event.key()))
                .forEach(subscriber -> subscriber.notice("login", "ended", true));
        listeners.stream()
                .filter(listening -> listening.login.equals(event.key()))
                .forEach(Listening::end);
    }

    /** A transaction succeeded that moved a conversation. Must not throw: the commit's caller would get it. */
    void advanced(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced event) {
        changes.committed(event.conversation(), event.revision());
        of(event.conversation()).forEach(subscriber -> subscriber.wake(event.revision()));
        listeners.stream()
                .filter(listening -> listening.conversation.equals(event.conversation()))
                .forEach(listening -> listening.heard.accept(event.revision()));
    }

    void paused(@Observes SavingPaused event) {
        for (UUID conversation : event.conversations()) {
            of(conversation)
                    .forEach(subscriber -> subscriber.notice("paused", Boolean.toString(event.paused()), false));
        }
    }

    /**
     * Hears of a conversation's revisions without being a reader: at once of the one that it has now, so that nothing
     * falls between what was read before and what is heard afterwards.
     *
     * @param login as {@link Subscription#login()}: it hears no more when that has ended
     * @param heard called on this thread or on a committing one; must be quick and must not throw. Told 0 when it hears no
     *     more, and −1 if there is no such conversation
     */
    Listening listen(UUID conversation, String login, LongConsumer heard) {
        Listening listening = new Listening(conversation, login, heard);
        listeners.add(listening);
        heard.accept(revisions.current(conversation));
        return listening;
    }

    /** Hears until it is closed, its login ends, or the server goes down. */
    final class Listening implements AutoCloseable {
        private final UUID conversation;
        private final String login;
        private final LongConsumer heard;

        private Listening(UUID conversation, String login, LongConsumer heard) {
            this.conversation = conversation;
            this.login = login;
            this.heard = heard;
        }

        boolean open() {
            return listeners.contains(this);
        }

        private void end() {
            listeners.remove(this);
            heard.accept(0);
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    private Set<Subscriber> of(UUID conversation) {
        return conversations.getOrDefault(conversation, Set.of());
    }

    /** Called every second: drops subscribers that are stuck, expired or hold too much memory; sends a heartbeat to idle ones. */
    void pulse() {
        frames.keepOnly(conversations.keySet());
        all().forEach(subscriber -> {
            if (subscriber.stuck() > sendTimeout || subscriber.waiting() > WAITS * sendTimeout) {
                subscriber.drop(StreamMeters.Reason.STUCK);
            } else if (subscriber.age() > longestLife) {
                subscriber.drop(StreamMeters.Reason.OLD);
            } else if (subscriber.silent() > heartbeat) {
                subscriber.beat();
            }
        });
        spare();
    }

    private void spare() {
        FrameMemory<Subscriber> frameMemory = new FrameMemory<>();
        all().forEach(subscriber -> frameMemory.add(subscriber, subscriber.held()));
        frameMemory.beyond(HELD).forEach(subscriber -> subscriber.drop(StreamMeters.Reason.MEMORY));
    }

    /** How many streams are open. */
    public int count() {
        return open.get();
    }

    /** The server goes down; browsers come again by themselves. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        all().forEach(subscriber -> subscriber.drop(StreamMeters.Reason.SHUTDOWN));
        listeners.forEach(Listening::end);
    }
}
