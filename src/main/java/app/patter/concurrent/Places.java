package app.patter.concurrent;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Lets each account have only so many of something at once. Thread-safe. */
public final class Places {

    private final long most;
    private final Map<UUID, Integer> taken = new ConcurrentHashMap<>();

    /** @param most what one account may have at once */
    public Places(long most) {
        this.most = most;
    }

    /** Takes a place, which is to be {@linkplain #release given back} once; false if all of that account are taken. */
    public boolean take(UUID account) {
        boolean[] free = {false};
        taken.compute(account, (id, count) -> {
            int now = count == null ? 0 : count;
            free[0] = now < most;
            return free[0] ? Integer.valueOf(now + 1) : count;
        });
        return free[0];
    }

    /** Takes a place, also beyond the last. */
    public void force(UUID account) {
        taken.merge(account, 1, Integer::sum);
    }

    /** Gives a place back. */
    public void release(UUID account) {
        taken.computeIfPresent(account, (id, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }
}
