package app.patter.answer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Models that have refused to be told of tools. Only for a while: it may have been a mistake, and their server may have
 * learned it. Thread-safe.
 */
final class ToolSupportCache {

    private static final long WHILE = Duration.ofMinutes(10).toNanos();

    private final LongSupplier clock;

    /** When each refused, by its id. */
    private final Map<String, Long> since = new ConcurrentHashMap<>();

    /** @param clock as {@link System#nanoTime()} */
    ToolSupportCache(LongSupplier clock) {
        this.clock = clock;
    }

    void refused(String model) {
        since.put(model, clock.getAsLong());
    }

    boolean refuses(String model) {
        Long refused = since.get(model);
        if (refused == null) {
            return false;
        }
        if (clock.getAsLong() - refused < WHILE) {
            return true;
        }
        since.remove(model, refused);
        return false;
    }
}
