package app.patter.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of pieces of Patter, which need no server, with JMH: those whose names {@code -Dbench.micro} matches. */
public final class Micro {

    private static final int ITERATION = 2_000;

    private Micro() {}

    /** Runs them; JMH prints its table. */
    public static void main(String[] arguments) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(System.getProperty("bench.micro", ".*"))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        if (Sizes.SCALE < 1) {
            TimeValue time = new TimeValue(Math.round(ITERATION * Sizes.SCALE), TimeUnit.MILLISECONDS);
            options = options.warmupTime(time).measurementTime(time);
        }
        new Runner(options.build()).run();
    }
}
