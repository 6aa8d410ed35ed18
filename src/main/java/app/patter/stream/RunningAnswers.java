package app.patter.stream;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells pages where answers of their owner are being written. However many pages a person has open, one read serves all
 * of them, and whatever is asked for before it begins. Thread-safe.
 */
final class RunningAnswers {

    private final Function<UUID, Executor> reads;
    private final Function<UUID, Set<UUID>> running;
    private final Map<UUID, Set<Subscriber>> waiting = new ConcurrentHashMap<>();

    /**
     * @param reads   where to read for an account; must not run anything on the thread that hands it over
     * @param running the conversations of an account in which answers are being written
     */
    RunningAnswers(Function<UUID, Executor> reads, Function<UUID, Set<UUID>> running) {
        this.reads = reads;
        this.running = running;
    }

    /** Tells these readers of one owner, those that are pages, soon. Never blocks. */
    void send(UUID owner, Stream<Subscriber> subscribers) {
        Set<Subscriber> pages = subscribers
                .filter(subscriber -> subscriber.subscription().source().forPages())
                .collect(Collectors.toSet());
        if (pages.isEmpty()) {
            return;
        }
        waiting.compute(owner, (id, before) -> {
            if (before == null) {
                reads.apply(owner).execute(() -> read(owner));
            }
            Set<Subscriber> all = before == null ? new HashSet<>() : before;
            all.addAll(pages);
            return all;
        });
    }

    private void read(UUID owner) {
        Set<Subscriber> subscribers =
                waiting.remove(owner); // before it asks, so that what happens later is asked for anew
        if (subscribers == null) {
            return;
        }
        try {
            String ids = running.apply(owner).stream().map(UUID::toString).collect(Collectors.joining(" "));
            subscribers.forEach(subscriber -> subscriber.notice("running", ids.isEmpty() ? "none" : ids, false));
        } catch (RuntimeException e) {
            subscribers.forEach(
                    subscriber -> subscriber.drop(StreamMeters.Reason.GONE)); // the database is away; pages come again
        }
    }
}
