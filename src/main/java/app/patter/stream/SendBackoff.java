package app.patter.stream;

/**
 * How long a reader rests after a send: not at all when it takes everything at once, longer and longer while sends take
 * their time. What comes meanwhile goes out as one frame, so a slow reader gets fewer and larger ones. Not thread-safe.
 */
final class SendBackoff {

    /** A send that takes longer than this, in nanoseconds, is slow. */
    private static final long SLOW = 50_000_000;

    private static final long SHORTEST = 50_000_000;
    private static final long LONGEST = 1_000_000_000;

    private long rest;

    /** A send took so many nanoseconds; the rest after it, in nanoseconds. */
    long after(long took) {
        if (took > SLOW) {
            rest = Math.min(LONGEST, Math.max(SHORTEST, 2 * rest));
        } else {
            rest = rest / 2 < SHORTEST ? 0 : rest / 2;
        }
        return rest;
    }
}
