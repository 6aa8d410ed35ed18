package app.patter.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads of the database on behalf of readers: a few at a time, because a thousand that come back at once after a restart
 * must leave connections to those who write. Thread-safe.
 */
@ApplicationScoped
class Reads {

    private static final int AT_ONCE = 8;

    @Inject
    private MeterRegistry registry;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private Counter count;

    @PostConstruct
    void measure() {
        count = Counter.builder("patter.reads")
                .description("Reads of the database because a reader was further behind than memory reaches")
                .register(registry);
    }

    /** Does a read, after waiting for a place. */
    <T> T read(Supplier<T> read) {
        places.acquireUninterruptibly();
        try {
            count.increment();
            return read.get();
        } finally {
            places.release();
        }
    }
}
