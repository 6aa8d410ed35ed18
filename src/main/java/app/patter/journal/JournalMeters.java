package app.patter.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** What is measured of saving. Thread-safe. */
final class JournalMeters {

    private final Timer saves;
    private final DistributionSummary messages;
    private final Counter failures;

    JournalMeters(MeterRegistry registry, AdaptiveInterval pace, Collection<AnswerBuffer> open) {
        saves = Timer.builder("patter.save")
                .description("Time that a save takes, commit included")
                .publishPercentiles(0.5, 0.99)
                .percentilePrecision(2)
                .distributionStatisticExpiry(Duration.ofMinutes(2))
                .register(registry);
        messages = DistributionSummary.builder("patter.save.messages")
                .description("Messages that one save writes")
                .register(registry);
        failures = Counter.builder("patter.save.failures")
                .description("Saves that the database refused")
                .register(registry);
        Gauge.builder("patter.save.interval", pace, current -> current.interval() / 1_000.0)
                .description("Age at which text is saved, at present")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("patter.unsaved", open, JournalMeters::unsaved)
                .description("Text that waits to be saved")
                .baseUnit("characters")
                .register(registry);
    }

    private static double unsaved(Collection<AnswerBuffer> open) {
        return open.stream().mapToLong(AnswerBuffer::waiting).sum();
    }

    void saved(long nanoseconds, int count) {
        saves.record(nanoseconds, TimeUnit.NANOSECONDS);
        messages.record(count);
    }

    void refused() {
        failures.increment();
    }
}
