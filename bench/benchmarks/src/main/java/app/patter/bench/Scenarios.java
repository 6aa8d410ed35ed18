package app.patter.bench;

import static app.patter.bench.Latencies.ms;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One answer at a time, at 50 tokens a second: short, middling, long, code, and with calls of tools. */
final class Scenarios {

    /** Of one of the machine's cores. */
    private static final double MOST_CPU = 10;

    private static final double MOST_MEMORY = 50;

    private final Run run;

    Scenarios(Run run) {
        this.run = run;
    }

    void measure() {
        for (Pace pace : List.of(Pace.FIFTY, Pace.HUNDREDS, Pace.CALLS, Pace.CODE, Pace.THOUSANDS)) {
            measure(pace);
        }
    }

    private void measure(Pace pace) {
        UUID conversation = UUID.randomUUID();
        double live = Proc.live(run.pid());
        double cpu = Proc.cpu(run.pid());
        long began = System.nanoTime();
        Sent sent = run.ask(run.chat(), conversation, pace);
        Follower reader = run.follow(run.chat(), conversation);
        Run.await("an answer", 300_000, () -> sent.isComplete() && reader.seen() == sent.size());
        double seconds = (System.nanoTime() - began) / 1e9;
        double busy = 100 * (Proc.cpu(run.pid()) - cpu) / seconds;
        live = Proc.live(run.pid()) - live;
        Run.same(sent, reader);
        Latencies latencies = new Latencies();
        int[] stamps = sent.stamps();
        for (int token = 1; token < stamps.length; token++) {
            latencies.add(reader.latency(stamps[token]));
        }
        String title = String.format(Locale.ROOT, "%,d tokens%s: ", sent.size(), kind(pace));
        run.report.add(
                title + "first token, later ones: median, p99",
                ms(reader.latency(stamps[0]) / 1_000.0) + ", " + ms(latencies.at(50)) + ", " + ms(latencies.at(99)));
        run.report.goal(
                title + "CPU of one core", "10 %", busy < MOST_CPU, String.format(Locale.ROOT, "%.1f %%", busy));
        run.report.goal(
                title + "memory that the open answer keeps",
                "50 MB",
                live < MOST_MEMORY,
                String.format(Locale.ROOT, "%.1f MB", live));
        reader.close();
    }

    private static String kind(Pace pace) {
        return switch (pace) {
            case CODE -> " of code";
            case CALLS -> " around two calls of tools";
            default -> "";
        };
    }
}
