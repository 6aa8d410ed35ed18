package app.patter.bench;

import app.patter.bench.TokenServer.Pace;
import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.config.Settings;
import app.patter.model.ModelRegistry;
import app.patter.provider.Delta;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a token costs from the provider's socket to the delta: 1,000 answers at once, 20 tokens a second each, in this
 * process beside the server that sends them. The server's one thread is not counted; the garbage collector is.
 */
public final class UpstreamBench {

    private static final int STREAMS = Sizes.of(1_000);
    private static final int SECONDS = Sizes.of(20);
    private static final int WARMING = Sizes.of(30);
    private static final double MOST_CPU = 45;
    private static final double MOST_BYTES = 3_000;
    private static final int MOST_THREADS = 40;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final LongAdder tokens = new LongAdder();
    private final LongAdder ends = new LongAdder();

    private UpstreamBench() {}

    /** Prints a table. */
    public static void main(String[] arguments) {
        new UpstreamBench().measure();
    }

    /** What the process has used so far, without the server. */
    private record Used(long tokens, double cpu, double bytes) {}

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

    private void measure() {
        int before = THREADS.getThreadCount();
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try (TokenServer server = new TokenServer()) {
            Map<String, String> settings =
                    Map.of("PATTER_OPENAI_URL", server.base(), "PATTER_OPENAI_MODEL", Pace.SLOW.model());
            ModelRegistry models = new ModelRegistry(new Settings(settings::get, name -> null), executor, List::of);
            List<Integer> numbers = new ArrayList<>();
            for (int stream = 0; stream < STREAMS; stream++) {
                numbers.add(stream);
                var unused = models.ask(
                        "openai/" + Pace.SLOW.model(),
                        List.of(new ChatMessage(Role.USER, "Please send stream #" + stream + "#")),
                        this::count);
            }
            Run.await("all streams", () -> numbers.stream()
                    .allMatch(number -> server.sent(number).size() > 0));
            Run.sleep(WARMING * 1_000);
            Used begin = used();
            Run.sleep(SECONDS * 1_000);
            Used end = used();
            int threads = THREADS.getThreadCount() - before;
            server.finish();
            Run.await("the ends", () -> ends.sum() == STREAMS);
            models.close();
            tell(end.tokens() - begin.tokens(), end.cpu() - begin.cpu(), end.bytes() - begin.bytes(), threads);
        } finally {
            executor.shutdownNow();
        }
    }

    private void count(Delta delta) {
        if (delta instanceof Delta.Text) {
            tokens.increment();
        } else if (delta instanceof Delta.Finished) {
            ends.increment();
        } else if (delta instanceof Delta.Failed failed) {
            throw new IllegalStateException(failed.message());
        }
    }

    private static void tell(long tokens, double cpu, double bytes, int threads) {
        double each = cpu / tokens / 1_000;
        double made = bytes / tokens;
        System.out.printf("| %,d answers at once, %,d tokens | |%n|---|--:|%n", STREAMS, tokens);
        System.out.printf("| CPU per token (goal %.0f µs) | %.1f µs %s|%n", MOST_CPU, each, mark(each <= MOST_CPU));
        System.out.printf(
                "| bytes made per token (goal %,.0f) | %,.0f %s|%n", MOST_BYTES, made, mark(made <= MOST_BYTES));
        System.out.printf(
                "| threads, the server's one included (goal %d) | %d %s|%n",
                MOST_THREADS, threads, mark(threads <= MOST_THREADS));
    }

    private static String mark(boolean reached) {
        return reached ? "✓ " : "✗ ";
    }
}
