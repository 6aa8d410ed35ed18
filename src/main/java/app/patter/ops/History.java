package app.patter.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The last hour of this node, one sample in ten seconds. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class History {

    private static final int PERIOD = 10;
    private static final int KEPT = 360;

    @Inject
    private MeterRegistry registry;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private double tokens;
    private double errors;

    /** What was true at one moment; times are in milliseconds. */
    private record Sample(
            double generations,
            double readers,
            double tokens,
            double errors,
            double firstToken,
            double latency,
            double save,
            double interval,
            double unsaved,
            double heap) {}

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    void sample() {
        double tokensNow = count("patter.tokens");
        double errorsNow = count("patter.upstream.errors");
        Sample sample = new Sample(
                gauge("patter.generations"),
                gauge("patter.readers"),
                (tokensNow - tokens) / PERIOD,
                errorsNow - errors,
                slowest("patter.first.token", 0.5),
                slowest("patter.latency", 0.99),
                slowest("patter.save", 0.99),
                gauge("patter.save.interval") * 1_000,
                gauge("patter.unsaved"),
                gauge("jvm.memory.used") / 1_000_000);
        tokens = tokensNow;
        errors = errorsNow;
        synchronized (samples) {
            samples.add(sample);
            if (samples.size() > KEPT) {
                samples.remove();
            }
        }
    }

    private double count(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** The sum over all that have this name. */
    private double gauge(String name) {
        return registry.find(name).gauges().stream()
                .mapToDouble(Gauge::value)
                .filter(Double::isFinite)
                .sum();
    }

    /** A percentile of the last two minutes in milliseconds; of the slowest, where several have this name. */
    private double slowest(String name, double percentile) {
        return registry.find(name).timers().stream()
                .mapToDouble(timer -> percentile(timer, percentile))
                .max()
                .orElse(0);
    }

    private static double percentile(Timer timer, double percentile) {
        for (ValueAtPercentile value : timer.takeSnapshot().percentileValues()) {
            if (value.percentile() == percentile) {
                return value.value(TimeUnit.MILLISECONDS);
            }
        }
        return 0;
    }

    /** The last hour, one chart for each quantity. */
    public List<Chart> charts() {
        List<Sample> all;
        synchronized (samples) {
            all = new ArrayList<>(samples);
        }
        return List.of(
                chart(ChartText.ANSWERS, ChartText.NO_UNIT, all, Sample::generations),
                chart(ChartText.STREAMS, ChartText.NO_UNIT, all, Sample::readers),
                chart(ChartText.TOKENS, ChartText.NO_UNIT, all, Sample::tokens),
                chart(ChartText.FIRST_TOKEN, ChartText.MILLISECONDS, all, Sample::firstToken),
                chart(ChartText.LATENCY, ChartText.MILLISECONDS, all, Sample::latency),
                chart(ChartText.SAVE, ChartText.MILLISECONDS, all, Sample::save),
                chart(ChartText.AGE, ChartText.MILLISECONDS, all, Sample::interval),
                chart(ChartText.UNSAVED, ChartText.CHARACTERS, all, Sample::unsaved),
                chart(ChartText.ERRORS, ChartText.NO_UNIT, all, Sample::errors),
                chart(ChartText.MEMORY, ChartText.MEGABYTES, all, Sample::heap));
    }

    private static Chart chart(ChartText title, ChartText unit, List<Sample> all, ToDoubleFunction<Sample> quantity) {
        return Chart.of(
                title.words(), unit.words(), all.stream().mapToDouble(quantity).toArray(), KEPT);
    }
}
