package app.patter.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Makes guessing passwords slow: after some wrong ones a name has to wait. */
@ApplicationScoped
public class LoginThrottle {

    private static final int FREE = 5;
    /** Nanoseconds. */
    private static final long WAIT = 30_000_000_000L;

    private static final int REMEMBERED = 10_000;

    private final LongSupplier clock;
    private final Map<String, Wrong> wrong = new ConcurrentHashMap<>();

    public LoginThrottle() {
        this(System::nanoTime);
    }

    /** @param clock tells the time as {@link System#nanoTime()} does: setting the machine's time opens nothing */
    LoginThrottle(LongSupplier clock) {
        this.clock = clock;
    }

    /** Whether another try for this name must be refused now. */
    boolean mustWait(String name) {
        Wrong last = wrong.get(key(name));
        return last != null && last.times() >= FREE && !over(last);
    }

    private boolean over(Wrong last) {
        return clock.getAsLong() - last.at() >= WAIT;
    }

    void wrong(String name) {
        if (wrong.size() > REMEMBERED) {
            wrong.values().removeIf(this::over);
        }
        wrong.merge(key(name), new Wrong(1, clock.getAsLong()), (old, now) -> new Wrong(old.times() + 1, now.at()));
    }

    void right(String name) {
        wrong.remove(key(name));
    }

    private static String key(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        return key.length() <= 100 ? key : key.substring(0, 100);
    }

    private record Wrong(int times, long at) {}
}
