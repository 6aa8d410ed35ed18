package app.patter.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What is measured of readers. Thread-safe. */
final class StreamMeters {

    private final MeterRegistry registry;
    private final Timer latency;
    private final DistributionSummary frames;

    /** Why a reader was let go. */
    enum Reason {
        /** It went away, or a send to it failed. */
        GONE,
        /** A send to it took too long. */
        STUCK,
        /** It held a long frame, and all together held too much. */
        MEMORY,
        /** Its stream reached its longest life. */
        OLD,
        /** It was told that there is nothing more to come. */
        ENDED,
        /** There were too many. */
        REFUSED,
        /** The server goes down. */
        SHUTDOWN
    }

    StreamMeters(MeterRegistry registry) {
        this.registry = registry;
        this.latency = Timer.builder("patter.latency")
                .description("Time that Patter adds: from a piece of text arriving to its being written to a reader")
                .publishPercentiles(0.5, 0.99)
                .percentilePrecision(2)
                .distributionStatisticExpiry(Duration.ofMinutes(2))
                .register(registry);
        this.frames = DistributionSummary.builder("patter.frame.size")
                .description("Size of the events that readers are sent")
                .baseUnit("characters")
                .publishPercentiles(0.5, 0.99)
                .percentilePrecision(2)
                .distributionStatisticExpiry(Duration.ofMinutes(2))
                .register(registry);
    }

    /** An event with text was written. */
    void sent(Frame frame) {
        frames.record(frame.data().length());
        if (frame.since() != 0) {
            latency.record(System.nanoTime() - frame.since(), TimeUnit.NANOSECONDS);
        }
    }

    void dropped(Reason reason) {
        Counter.builder("patter.readers.dropped")
                .description("Event streams that ended, by reason")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
