package app.patter.answer;

import app.patter.provider.Delta;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Models that have refused to be told of tools. Only for a while: it may have been a mistake, and their server may have
 * learned it. Thread-safe.
 */
final class ToolSupportCache {

    private static final Duration WHILE = Duration.ofMinutes(10);

    /** What servers answer to what they cannot do. */
    private static final Set<Integer> REFUSING = Set.of(400, 404, 422);

    private static final Pattern ABOUT_TOOLS =
            Pattern.compile("\\btools?\\b|\\btool_|\\bfunction[- _]?call", Pattern.CASE_INSENSITIVE);

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

    /** Whether a model failed because it was told of tools, which only its provider's words say. */
    static boolean isAboutTools(Delta.Failed failed, String model) {
        int slash = model.indexOf('/');
        String said = failed.said().replace(model.substring(slash + 1), "");
        return REFUSING.contains(failed.status()) && ABOUT_TOOLS.matcher(said).find();
    }
}
