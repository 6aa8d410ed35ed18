package app.patter.account;

import app.patter.account.ApiTokens.Held;
import app.patter.concurrent.TimedQuery;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Remembers whose a token is: for a minute without asking again, and for an hour while the database does not answer, so
 * that the metrics can be read when they are needed most. A token that is revoked here is forgotten at once; one that is
 * revoked on another node ends within the minute, if the database answers. Only hashes are kept. Thread-safe.
 */
final class ApiTokenCache {

    static final Duration FRESH = Duration.ofMinutes(1);
    static final Duration KEPT = Duration.ofHours(1);

    private static final int MOST = 10_000;

    private final Function<String, Optional<Held>> find;
    private final Function<String, TimedQuery<Optional<Held>>> ask;
    private final Ticker ticker;
    private final Cache<String, Known> known;
    private final AtomicLong forgotten = new AtomicLong();

    /** What the database said, and when; asks it again. */
    private record Known(Held held, long since, TimedQuery<Optional<Held>> again) {}

    /**
     * Remembers nothing yet.
     *
     * @param find asks the database, however long that takes
     * @param ask  makes the same question, for which nobody waits long
     */
    ApiTokenCache(
            Function<String, Optional<Held>> find, Function<String, TimedQuery<Optional<Held>>> ask, Ticker ticker) {
        this.find = find;
        this.ask = ask;
        this.ticker = ticker;
        known = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .maximumSize(MOST)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** Who holds the token with this hash; empty if nobody does. */
    Optional<Held> held(String hash) {
        Known last = known.getIfPresent(hash);
        if (last == null) {
            long before = forgotten.get();
            return learn(hash, find.apply(hash), ask.apply(hash), before);
        }
        if (ticker.read() - last.since() <= FRESH.toNanos()) {
            return Optional.of(last.held());
        }
        long before = forgotten.get();
        Optional<Optional<Held>> answer = last.again().ask();
        return answer.isPresent() ? learn(hash, answer.get(), last.again(), before) : Optional.of(last.held());
    }

    private Optional<Held> learn(
            String hash, Optional<Held> found, TimedQuery<Optional<Held>> again, long forgottenBefore) {
        if (found.isEmpty()) {
            known.invalidate(hash);
            return found;
        }
        known.put(hash, new Known(found.get(), ticker.read(), again));
        if (forgotten.get() != forgottenBefore) {
            known.invalidate(hash); // revoked, perhaps, while the database was asked
        }
        return found;
    }

    /** A token was revoked, or a login ended. */
    void forget(String key) {
        forgotten.incrementAndGet();
        known.asMap().values().removeIf(one -> one.held().key().equals(key));
    }
}
