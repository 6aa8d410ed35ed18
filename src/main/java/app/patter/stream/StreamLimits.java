package app.patter.stream;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many streams may be open: on this node, and of one account. Thread-safe. */
final class StreamLimits {

    private final long most;
    private final long mostOfOne;
    private final Map<UUID, Integer> accounts = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param most      streams on this node
     * @param mostOfOne streams of one account
     */
    StreamLimits(long most, long mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** What became of the wish for a stream. */
    enum Admission {
        OPEN,
        /** The account has as many streams as it may have. */
        ACCOUNT_FULL,
        /** The node has as many streams as it may have. */
        NODE_FULL
    }

    /** Counts one more stream, which is to be {@linkplain #release released} once, unless that would be too many. */
    Admission admit(UUID account) {
        if (accounts.merge(account, 1, Integer::sum) > mostOfOne) {
            releaseAccount(account);
            return Admission.ACCOUNT_FULL;
        }
        if (open.incrementAndGet() > most) {
            release(account);
            return Admission.NODE_FULL;
        }
        return Admission.OPEN;
    }

    /** Counts one stream less. */
    void release(UUID account) {
        open.decrementAndGet();
        releaseAccount(account);
    }

    private void releaseAccount(UUID account) {
        accounts.computeIfPresent(account, (id, count) -> count == 1 ? null : count - 1);
    }

    /** How many streams are open. */
    int open() {
        return open.get();
    }
}
