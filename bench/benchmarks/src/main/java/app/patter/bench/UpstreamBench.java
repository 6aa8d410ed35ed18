package app.patter.bench;

import app.patter.bench.TokenServer.Pace;
import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.config.Settings;
import app.patter.model.ModelRegistry;
import app.patter.model.Payer;
import app.patter.provider.Delta;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a token costs from the provider's socket to the delta: 1,000 answers at once, 20 tokens a second each, in this
 * process beside the server that sends them. The server's one thread is not counted; the garbage collector is. The time of
 * a stretch says nothing, as the server sets the pace; JMH's secondary results are what is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 1) // JMH adds up the secondary results of several
@Fork(1)
public class UpstreamBench {

    private static final int STREAMS = Sizes.of(1_000);
    private static final int STRETCH = Sizes.time(20_000);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final LongAdder tokens = new LongAdder();
    private final LongAdder ends = new LongAdder();
    private final ExecutorService executor = Executors.newFixedThreadPool(8);
    private final int before = THREADS.getThreadCount();
    private final TokenServer server = new TokenServer();
    private ModelRegistry models;

    /** What the process has used so far, without the server. */
    private record Used(long tokens, double cpu, double bytes) {}

    /** What a stretch has used for each token, and its threads. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cost {

        /** Goal 45 µs. */
        public double cpuMicroseconds;

        /** Goal 3,000. */
        public double bytes;

        /** Goal 40, the server's one included. */
        public double threads;
    }

    /** Begins all answers. */
    @Setup(Level.Trial)
    public void ask() {
        Map<String, String> settings = Map.of("PATTER_MODEL_URL", server.base(), "PATTER_MODEL", Pace.SLOW.model());
        models = new ModelRegistry(new Settings(settings::get, name -> null), executor, List::of);
        for (int stream = 0; stream < STREAMS; stream++) {
            var unused = models.ask(
                    Payer.operator(),
                    "openai/" + Pace.SLOW.model(),
                    List.of(new ChatMessage(Role.USER, "Please send stream #" + stream + "#")),
                    this::count);
        }
        Run.await("all streams", () -> IntStream.range(0, STREAMS)
                .allMatch(number -> server.sent(number).size() > 0));
    }

    /** Reads for twenty seconds. */
    @Benchmark
    public void stretch(Cost cost) {
        Used begin = used();
        Run.sleep(STRETCH);
        Used end = used();
        double read = end.tokens() - begin.tokens();
        cost.cpuMicroseconds = (end.cpu() - begin.cpu()) / read / 1_000;
        cost.bytes = (end.bytes() - begin.bytes()) / read;
        cost.threads = THREADS.getThreadCount() - before;
    }

    /** Ends all answers, none of which may have failed. */
    @TearDown(Level.Trial)
    public void end() {
        server.finish();
        Run.await("the ends", () -> ends.sum() == STREAMS);
        models.close();
        server.close();
        executor.shutdownNow();
    }

    private Used used() {
        double bytes = 0;
        double others = 0;
        for (long id : THREADS.getAllThreadIds()) {
            var info = THREADS.getThreadInfo(id);
            if (info != null && info.getThreadName().equals("bench-model")) {
                others += THREADS.getThreadCpuTime(id);
            } else {
                bytes += Math.max(0, THREADS.getThreadAllocatedBytes(id));
            }
        }
        return new Used(tokens.sum(), SYSTEM.getProcessCpuTime() - others, bytes);
    }

    private void count(Delta delta) {
        if (delta instanceof Delta.Text) {
            tokens.increment();
        } else if (delta instanceof Delta.Finished) {
            ends.increment();
        } else if (delta instanceof Delta.Failed failed) {
            throw new IllegalStateException(failed.error().toJson());
        }
    }
}
