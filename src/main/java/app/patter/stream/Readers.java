package app.patter.stream;

import app.patter.conversation.ConversationAdvanced;
import app.patter.conversation.Revisions;
import app.patter.journal.SavingPaused;
import app.patter.journal.Steps;
import app.patter.system.Setting;
import app.patter.system.Settings;
import app.patter.system.Threads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The readers of this node, by conversation. */
@ApplicationScoped
public class Readers {

    @Inject
    private Frames frames;

    @Inject
    private Steps steps;

    @Inject
    private Revisions revisions;

    @Inject
    private Threads threads;

    private final long heartbeat = nanos(Setting.HEARTBEAT);
    private final long sendTimeout = nanos(Setting.SEND_TIMEOUT);
    private final long longestLife = nanos(Setting.STREAM_AGE);

    private final Map<UUID, Set<Reader>> conversations = new ConcurrentHashMap<>();

    private final Set<Listening> listeners = ConcurrentHashMap.newKeySet();

    private static long nanos(Setting setting) {
        return Settings.ofProcess().duration(setting).toNanos();
    }

    /**
     * Opens a stream: registered first, then told what it missed, so that nothing falls between the two.
     *
     * @param position last revision that the reader has
     */
    void open(
            UUID owner,
            UUID conversation,
            long position,
            Source source,
            Sse sse,
            SseEventSink connection,
            @Nullable AsyncContext request) {
        Reader reader = new Reader(
                owner,
                conversation,
                position,
                source,
                sse,
                connection,
                request,
                threads.sends(),
                threads.closes(),
                this::forget);
        conversations.compute(conversation, (id, readers) -> {
            Set<Reader> open = readers == null ? ConcurrentHashMap.newKeySet() : readers;
            open.add(reader);
            return open;
        });
        reader.beat();
        long current = revisions.current(conversation);
        if (position > current) {
            // A position from the future: the database was restored from a backup. Only a fresh page helps.
            reader.tell("stale", "reload", true);
        } else {
            reader.wake(current);
        }
    }

    private void forget(Reader reader) {
        conversations.computeIfPresent(reader.conversation(), (id, readers) -> {
            readers.remove(reader);
            return readers.isEmpty() ? null : readers;
        });
    }

    /** A transaction succeeded that moved a conversation. Must not throw: the commit's caller would get it. */
    void advanced(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced event) {
        steps.committed(event.conversation(), event.revision());
        of(event.conversation()).forEach(reader -> reader.wake(event.revision()));
        listeners.stream()
                .filter(listening -> listening.conversation.equals(event.conversation()))
                .forEach(listening -> listening.heard.accept(event.revision()));
    }

    void paused(@Observes SavingPaused event) {
        for (UUID conversation : event.conversations()) {
            of(conversation).forEach(reader -> reader.tell("paused", Boolean.toString(event.paused()), false));
        }
    }

    /**
     * Hears of a conversation's revisions without being a reader.
     *
     * @param heard called on the committing thread; must be quick and must not throw
     */
    Listening listen(UUID conversation, LongConsumer heard) {
        Listening listening = new Listening(conversation, heard);
        listeners.add(listening);
        return listening;
    }

    /** Hears until it is closed, or the server goes down. */
    final class Listening implements AutoCloseable {
        private final UUID conversation;
        private final LongConsumer heard;

        private Listening(UUID conversation, LongConsumer heard) {
            this.conversation = conversation;
            this.heard = heard;
        }

        boolean open() {
            return listeners.contains(this);
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    private Set<Reader> of(UUID conversation) {
        return conversations.getOrDefault(conversation, Set.of());
    }

    /** Called every second: drops who is stuck or too old, and shows the silent ones that we are here. */
    void pulse() {
        frames.keepOnly(conversations.keySet());
        conversations
                .values()
                .forEach(readers -> readers.forEach(reader -> {
                    if (reader.stuck() > sendTimeout || reader.age() > longestLife) {
                        reader.drop();
                    } else if (reader.silent() > heartbeat) {
                        reader.beat();
                    }
                }));
    }

    /** How many streams are open. */
    public int count() {
        return conversations.values().stream().mapToInt(Set::size).sum();
    }

    /** The server goes down; browsers come again by themselves. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        conversations.values().forEach(readers -> readers.forEach(Reader::drop));
        listeners.clear();
    }
}
