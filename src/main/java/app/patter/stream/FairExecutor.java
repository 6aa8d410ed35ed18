package app.patter.stream;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Shares threads among accounts: of one account's sends, or reads, only some run at once, so that whoever opens many streams
 * and reads none of them leaves threads to everybody else. Thread-safe.
 */
final class FairExecutor {

    private final Executor threads;
    private final int most;
    private final Map<UUID, Lane> queues = new ConcurrentHashMap<>();

    /** What one account wants; guarded by the map's lock on its key. */
    private static final class Lane {
        private int running;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
    }

    /**
     * Shares an executor.
     *
     * @param threads must not run anything on the thread that hands it over
     * @param most    what runs of one account at once
     */
    FairExecutor(Executor threads, int most) {
        this.threads = threads;
        this.most = most;
    }

    /** Where an account's work runs. */
    Executor of(UUID account) {
        return work -> queues.compute(account, (id, known) -> {
            Lane lane = known == null ? new Lane() : known;
            if (lane.running < most) {
                lane.running++;
                start(account, lane, work);
            } else {
                lane.waiting.add(work);
            }
            return lane;
        });
    }

    /** What cannot be started holds no place: at the end of the server, and without memory, threads refuse. */
    private void start(UUID account, Lane lane, Runnable work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    ended(account);
                }
            });
        } catch (RuntimeException | Error e) {
            lane.running--;
            throw e;
        }
    }

    private void ended(UUID account) {
        queues.computeIfPresent(account, (id, lane) -> {
            Runnable next = lane.waiting.poll();
            if (next != null) {
                start(account, lane, next);
                return lane;
            }
            lane.running--;
            return lane.running == 0 ? null : lane;
        });
    }
}
