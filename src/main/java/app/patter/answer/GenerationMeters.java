package app.patter.answer;

import app.patter.provider.Delta;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What is measured of generations. Models count under their server, of which there are few. Thread-safe. */
final class GenerationMeters {

    private final MeterRegistry registry;
    private final Counter tokens;

    GenerationMeters(MeterRegistry registry) {
        this.registry = registry;
        this.tokens = Counter.builder("patter.tokens")
                .description("Pieces of text and reasoning that upstreams have sent")
                .register(registry);
    }

    /** An answer has its first text. */
    void begins(String model, long nanoseconds) {
        Timer.builder("patter.first.token")
                .description("Time from a person's message to the first text or reasoning of its answer")
                .tag("upstream", server(model))
                .publishPercentiles(0.5, 0.99)
                .percentilePrecision(2)
                .distributionStatisticExpiry(Duration.ofMinutes(2))
                .register(registry)
                .record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    void token() {
        tokens.increment();
    }

    void failed(String model, Delta.Failed.Kind kind) {
        Counter.builder("patter.upstream.errors")
                .description("Calls of upstreams that failed")
                .tag("upstream", server(model))
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    void retries(String model) {
        Counter.builder("patter.upstream.retries")
                .description("Calls repeated because the upstream failed before it wrote anything")
                .tag("upstream", server(model))
                .register(registry)
                .increment();
    }

    void fallsBack(String from, String to) {
        Counter.builder("patter.upstream.fallbacks")
                .description("Answers that another model writes because the first could not")
                .tag("from", server(from))
                .tag("to", server(to))
                .register(registry)
                .increment();
    }

    private static String server(String model) {
        int slash = model.indexOf('/');
        return slash < 0 ? model : model.substring(0, slash);
    }
}
