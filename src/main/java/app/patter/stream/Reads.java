package app.patter.stream;

import app.patter.system.Threads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Reads of the database on behalf of readers, on threads of their own: a few at a time, because a thousand that come back
 * at once after a restart must leave connections to those who write; and never on the threads for sends, which would all
 * wait while the database stands still. Thread-safe.
 */
@ApplicationScoped
class Reads {

    @Inject
    private Threads threads;

    @Inject
    private MeterRegistry registry;

    private Counter count;

    @PostConstruct
    void measure() {
        count = Counter.builder("patter.reads")
                .description(
                        "Reads of the database for readers: what memory does not reach, and where answers are written")
                .register(registry);
    }

    /** Where to read. */
    Executor executor() {
        return threads.reads();
    }

    /** Counts a read and does it. */
    <T> T read(Supplier<T> read) {
        count.increment();
        return read.get();
    }
}
