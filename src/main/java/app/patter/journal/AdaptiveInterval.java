package app.patter.journal;

/**
 * How long text may wait to be saved. The interval is as short as allowed while saving is quick and few messages are
 * written; it widens with the time that saves take and with the number of messages in them, at most to its upper end, and
 * narrows again. One thread at a time reports; any may read.
 */
final class AdaptiveInterval {

    /** Time between two tries while the database refuses, in milliseconds. */
    static final long RETRY = 500;

    /** Parts of messages that a node saves, renders and sends in a second before it makes them larger instead. */
    private static final int PARTS_PER_SECOND = 5_000;

    /** A screen draws so often, in nanoseconds; text that comes faster is saved by size no more often than that. */
    private static final long FRAME = 16_666_667;

    private static final double WIDEN = 1 / 2.0;
    private static final double NARROW = 1 / 4.0;

    private final long shortest;
    private final long longest;
    private final long size;
    private volatile double wanted;
    private volatile boolean failing;
    private volatile long lastSave;

    /**
     * A pace.
     *
     * @param shortest lower end of the interval, in milliseconds
     * @param longest  upper end; one below {@code shortest} counts as {@code shortest}
     * @param size     unsaved characters of one message that do not wait for the interval to pass, while it is shortest
     */
    AdaptiveInterval(long shortest, long longest, long size) {
        this.shortest = shortest;
        this.longest = Math.max(shortest, longest);
        this.size = size;
    }

    /**
     * A save has succeeded. The interval is at least as long as saves take, so that others get at the database too.
     *
     * @param now when, as {@link System#nanoTime()}
     */
    void saved(long now, long nanoseconds, int messages) {
        failing = false;
        lastSave = now;
        double target = Math.max(nanoseconds / 1e6, messages * 1_000.0 / PARTS_PER_SECOND);
        double before = wanted;
        wanted = before + (target - before) * (target > before ? WIDEN : NARROW);
    }

    /** The database has refused a save. */
    void failed() {
        failing = true;
    }

    /** Whether the database refused the last save. */
    boolean failing() {
        return failing;
    }

    /** The interval in force, in milliseconds. */
    long interval() {
        return failing ? RETRY : Math.min(longest, Math.max(shortest, Math.round(wanted)));
    }

    /** Whether so many unsaved characters of one message are worth a save of their own now. */
    boolean enough(long now, long characters) {
        return !failing && characters * shortest >= size * interval() && now - lastSave >= FRAME;
    }
}
