package app.patter.account;

import app.patter.account.ApiTokens.Held;
import app.patter.concurrent.TimedQuery;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Remembers whose a token is: for a minute without asking again, and for an hour while the database does not answer, so
 * that the metrics can be read when they are needed most. A token that is revoked here is forgotten at once; one that is
 * revoked on another node ends within the minute, if the database answers. Only hashes are kept. Thread-safe.
 */
final class ApiTokenCache {

    /** Nanoseconds. */
    static final long FRESH = 60_000_000_000L;

    static final long KEPT = 3_600_000_000_000L;

    private static final int MOST = 10_000;

    private final Function<String, Optional<Held>> find;
    private final Function<String, TimedQuery<Optional<Held>>> ask;
    private final LongSupplier clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final AtomicLong forgotten = new AtomicLong();

    /** What the database said, and when; asks it again. */
    private record Known(Held held, long since, TimedQuery<Optional<Held>> again) {}

    /**
     * Remembers nothing yet.
     *
     * @param find asks the database, however long that takes
     * @param ask  makes the same question, for which nobody waits long
     * @param clock tells the time as {@link System#nanoTime()} does
     */
    ApiTokenCache(
            Function<String, Optional<Held>> find,
            Function<String, TimedQuery<Optional<Held>>> ask,
            LongSupplier clock) {
        this.find = find;
        this.ask = ask;
        this.clock = clock;
    }

    /** Who holds the token with this hash; empty if nobody does. */
    Optional<Held> held(String hash) {
        Known last = known.get(hash);
        long now = clock.getAsLong();
        if (last == null || now - last.since() > KEPT) {
            long before = forgotten.get();
            return learn(hash, find.apply(hash), ask.apply(hash), before);
        }
        if (now - last.since() <= FRESH) {
            return Optional.of(last.held());
        }
        long before = forgotten.get();
        Optional<Optional<Held>> answer = last.again().ask();
        return answer.isPresent() ? learn(hash, answer.get(), last.again(), before) : Optional.of(last.held());
    }

    private Optional<Held> learn(
            String hash, Optional<Held> found, TimedQuery<Optional<Held>> again, long forgottenBefore) {
        if (found.isEmpty()) {
            known.remove(hash);
            return found;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(hash, new Known(found.get(), clock.getAsLong(), again));
        if (forgotten.get() != forgottenBefore) {
            known.remove(hash); // revoked, perhaps, while the database was asked
        }
        return found;
    }

    /** A token was revoked, or a log-in ended. */
    void forget(String key) {
        forgotten.incrementAndGet();
        known.values().removeIf(one -> one.held().key().equals(key));
    }
}
