package app.patter.provider;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands still until a test lets time pass, and a timer that works then only: no machine is too slow for it. */
public final class SteeredTime implements LongSupplier {

    private final AtomicLong now = new AtomicLong(System.nanoTime());
    private final List<Runnable> periodic = new CopyOnWriteArrayList<>();

    /** What is to be done again and again is done when time passes; the rest never. */
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, Executors.defaultThreadFactory()) {
                @Override
                public ScheduledFuture<?> scheduleWithFixedDelay(
                        Runnable work, long initial, long delay, TimeUnit unit) {
                    periodic.add(work);
                    return super.schedule(work, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                }
            };

    public ScheduledExecutorService timer() {
        return timer;
    }

    public void passes(Duration time) {
        now.addAndGet(time.toNanos());
        periodic.forEach(Runnable::run);
    }

    @Override
    public long getAsLong() {
        return now.get();
    }
}
