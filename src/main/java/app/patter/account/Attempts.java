package app.patter.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes guessing passwords slow: after some wrong ones a name has to wait. */
@ApplicationScoped
public class Attempts {

    private static final int FREE = 5;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Wrong> wrong = new ConcurrentHashMap<>();

    public Attempts() {
        this(Clock.systemUTC());
    }

    Attempts(Clock clock) {
        this.clock = clock;
    }

    /** Whether another try for this name must be refused now. */
    boolean mustWait(String name) {
        Wrong last = wrong.get(key(name));
        return last != null && last.times() >= FREE && last.at().plus(WAIT).isAfter(clock.instant());
    }

    void wrong(String name) {
        if (wrong.size() > REMEMBERED) {
            wrong.values().removeIf(old -> old.at().plus(WAIT).isBefore(clock.instant()));
        }
        wrong.merge(key(name), new Wrong(1, clock.instant()), (old, now) -> new Wrong(old.times() + 1, now.at()));
    }

    void right(String name) {
        wrong.remove(key(name));
    }

    private static String key(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        return key.length() <= 100 ? key : key.substring(0, 100);
    }

    private record Wrong(int times, Instant at) {}
}
