package app.patter.bench;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** One answer as fast as it goes. */
final class Flood {

    private static final int RUNS = 3;
    private static final double LEAST = 20_000;

    private final Run run;

    Flood(Run run) {
        this.run = run;
    }

    void measure() {
        double[] speeds = new double[RUNS];
        double[] direct = new double[RUNS];
        double[] relayed = new double[RUNS];
        double cpu = 0;
        for (int i = 0; i < RUNS; i++) {
            direct[i] = without(run.model.port());
            relayed[i] = without(run.relay.port());
            UUID conversation = UUID.randomUUID();
            double before = Proc.cpu(run.pid());
            Sent sent = run.ask(run.chat(), conversation, Pace.FLOOD);
            try (Follower reader = run.follow(run.chat(), conversation)) {
                Run.await("a flood", () -> reader.seen() == Pace.FLOOD.tokens());
                speeds[i] = speed(sent, reader);
                Run.same(sent, reader);
            }
            cpu = (Proc.cpu(run.pid()) - before) / Pace.FLOOD.tokens() * 1_000_000;
        }
        run.report.compare(
                String.format(
                        Locale.ROOT, "One unthrottled stream of %,d tokens, median of %d", Pace.FLOOD.tokens(), RUNS),
                String.format(Locale.ROOT, "%,.0f tokens/s", LEAST),
                median(speeds) >= LEAST,
                perSecond(direct),
                perSecond(relayed),
                perSecond(speeds));
        run.report.add("One unthrottled stream: CPU per token, last run", String.format(Locale.ROOT, "%.0f µs", cpu));
    }

    private double without(int port) {
        try (Run.Reading reading = run.without(port, Pace.FLOOD)) {
            Run.await("a flood without Patter", reading::isComplete);
            return speed(reading.sent(), reading.reader());
        }
    }

    private static double speed(Sent sent, Follower reader) {
        int[] stamps = sent.stamps();
        int last = stamps[stamps.length - 1];
        return stamps.length * 1_000_000.0 / (last + reader.latency(last) - stamps[0]);
    }

    private static double median(double[] speeds) {
        return Arrays.stream(speeds).sorted().toArray()[speeds.length / 2];
    }

    private static String perSecond(double[] speeds) {
        return String.format(Locale.ROOT, "%,.0f tokens/s", median(speeds));
    }
}
