package app.patter.stream;

import app.patter.concurrent.Executors;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Reads of the database on behalf of readers, on threads of their own: a few at a time, because a thousand that come back
 * at once after a restart must leave connections to those who write; and never on the threads for sends, which would all
 * wait while the database stands still. A quarter of them serve one account at most. Thread-safe.
 */
@ApplicationScoped
class CatchUpReader {

    @Inject
    private Executors executors;

    @Inject
    private MeterRegistry registry;

    private Counter count;
    private FairExecutor executor;

    @PostConstruct
    void start() {
        executor = new FairExecutor(executors.reads(), Math.max(1, Executors.READS / 4));
        count = Counter.builder("patter.reads")
                .description(
                        "Reads of the database for readers: what memory does not reach, and where answers are written")
                .register(registry);
    }

    /** Where to read for an account. */
    Executor of(UUID account) {
        return executor.of(account);
    }

    /** Counts a read and does it. */
    <T> T read(Supplier<T> read) {
        count.increment();
        return read.get();
    }
}
