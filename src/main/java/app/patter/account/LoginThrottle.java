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

    /**
     * Counts a try as wrong before it is looked at, so that tries at the same time are not all let through; {@link #right}
     * takes it back.
     *
     * @param who the name, or the name on a device that was logged in before
     * @return false if it must be refused now
     */
    boolean admits(String who) {
        if (wrong.size() > REMEMBERED) {
            wrong.values().removeIf(this::over);
        }
        boolean[] admitted = {true};
        wrong.compute(key(who), (key, last) -> {
            if (last == null) {
                return new Wrong(1, clock.getAsLong());
            }
            admitted[0] = last.times() < FREE || over(last);
            return admitted[0] ? new Wrong(last.times() + 1, clock.getAsLong()) : last;
        });
        return admitted[0];
    }

    private boolean over(Wrong last) {
        return clock.getAsLong() - last.at() >= WAIT;
    }

    void right(String who) {
        wrong.remove(key(who));
    }

    private static String key(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        return key.length() <= 100 ? key : key.substring(0, 100);
    }

    private record Wrong(int times, long at) {}
}
