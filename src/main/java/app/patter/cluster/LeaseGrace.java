package app.patter.cluster;

/**
 * Whether this node may judge others by their leases. While the database is away nobody can renew one, so who comes back
 * first finds all others expired though they live; a node whose own lease ran out therefore first gives everybody a whole
 * lease time to renew theirs. By a clock that does not jump. Not thread-safe.
 */
final class LeaseGrace {

    private final long lease;
    private long renewed;
    private long judges;

    /**
     * Begins a term.
     *
     * @param lease nanoseconds that a lease lasts
     * @param alone whether no other node can be running
     * @param now   as {@link System#nanoTime()}: when this node's lease begins
     */
    LeaseGrace(long lease, boolean alone, long now) {
        this.lease = lease;
        this.renewed = now;
        this.judges = alone ? now : now + lease;
    }

    /** The lease was renewed, from this time on. */
    void renewed(long now) {
        if (now - renewed >= lease) {
            judges = now + lease;
        }
        renewed = now;
    }

    boolean mayJudge(long now) {
        return now - judges >= 0 && now - renewed < lease;
    }
}
