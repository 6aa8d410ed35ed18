package app.patter.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Models that have refused to be told of tools. Only for a while: it may have been a mistake, and their server may have
 * learned it. Thread-safe.
 */
final class ToolSupportCache {

    private static final Duration WHILE = Duration.ofMinutes(10);

    /** By their ids. */
    private final Cache<String, Boolean> refused;

    ToolSupportCache(Ticker ticker) {
        refused = Caffeine.newBuilder()
                .expireAfterWrite(WHILE)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    void refused(String model) {
        refused.put(model, true);
    }

    boolean refuses(String model) {
        return refused.getIfPresent(model) != null;
    }
}
