package app.patter.stream;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Shares the threads for sends among accounts: of one account only some sends run at once, so that whoever opens many
 * streams and reads none of them leaves threads to everybody else. Thread-safe.
 */
final class Lanes {

    private final Executor sends;
    private final int most;
    private final Map<UUID, Lane> lanes = new ConcurrentHashMap<>();

    /** The sends of one account; guarded by the map's lock on its key. */
    private static final class Lane {
        private int running;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
    }

    /**
     * Shares an executor.
     *
     * @param sends must not run anything on the thread that hands it over
     * @param most  sends of one account at once
     */
    Lanes(Executor sends, int most) {
        this.sends = sends;
        this.most = most;
    }

    /** Where the sends to readers of an account run. */
    Executor of(UUID account) {
        return work -> lanes.compute(account, (id, known) -> {
            Lane lane = known == null ? new Lane() : known;
            if (lane.running < most) {
                lane.running++;
                start(account, work);
            } else {
                lane.waiting.add(work);
            }
            return lane;
        });
    }

    private void start(UUID account, Runnable work) {
        sends.execute(() -> {
            try {
                work.run();
            } finally {
                ended(account);
            }
        });
    }

    private void ended(UUID account) {
        lanes.computeIfPresent(account, (id, lane) -> {
            Runnable next = lane.waiting.poll();
            if (next != null) {
                start(account, next);
                return lane;
            }
            lane.running--;
            return lane.running == 0 ? null : lane;
        });
    }
}
