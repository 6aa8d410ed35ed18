package app.patter.stream;

import app.patter.stream.StreamMeters.Reason;
import java.util.Collection;

/**
 * Drops subscribers that are stuck, too old or hold too much memory, and sends heartbeats to silent ones. Immutable.
 *
 * @param heartbeat   nanoseconds after which a silent stream shows that it lives
 * @param sendTimeout nanoseconds that a send may take
 * @param longestLife nanoseconds after which a stream ends; browsers come again
 * @param memory      characters that all frames under way may have together
 */
record SubscriberChecks(long heartbeat, long sendTimeout, long longestLife, long memory) {

    /** For so many times as long as a send may take, a subscriber waits for its turn; then it comes again instead. */
    private static final int WAITS = 6;

    void run(Collection<Subscriber> subscribers) {
        subscribers.forEach(this::check);
        FrameMemory<Subscriber> held = new FrameMemory<>();
        subscribers.forEach(subscriber -> held.add(subscriber, subscriber.held()));
        held.beyond(memory).forEach(subscriber -> subscriber.drop(Reason.MEMORY));
    }

    private void check(Subscriber subscriber) {
        if (subscriber.stuck() > sendTimeout || subscriber.waiting() > WAITS * sendTimeout) {
            subscriber.drop(Reason.STUCK);
        } else if (subscriber.age() > longestLife) {
            subscriber.drop(Reason.OLD);
        } else if (subscriber.silent() > heartbeat) {
            subscriber.beat();
        }
    }
}
