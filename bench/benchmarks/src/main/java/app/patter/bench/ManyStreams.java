package app.patter.bench;

import static app.patter.bench.Latencies.ms;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Many answers at once, each with a reader, all of them saved. */
final class ManyStreams {

    private static final int WARM_UP = Sizes.time(40_000);
    private static final int MEASURED = Sizes.time(20_000);
    private static final int WITHOUT = Sizes.time(5_000);

    private final Run run;

    ManyStreams(Run run) {
        this.run = run;
    }

    void measure() {
        measure(Sizes.of(200), Pace.LOAD, 100);
        measure(Sizes.of(1_000), Pace.SLOW, 500);
    }

    /** So many answers at a time; the goal is for the p99, in milliseconds. */
    void measure(int streams, Pace pace, double most) {
        Latencies direct = without(run.model.port(), streams, pace);
        Latencies relayed = without(run.relay.port(), streams, pace);

        run.model.goOn();
        List<Sent> sent = new ArrayList<>();
        List<Follower> subscribers = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            UUID conversation = UUID.randomUUID();
            sent.add(run.ask(run.person(i), conversation, pace));
            subscribers.add(run.follow(run.person(i), conversation));
        }
        Run.await("all streams", () -> subscribers.stream().allMatch(reader -> reader.seen() > 0));
        Run.sleep(WARM_UP);

        int from = Stamp.now();
        double cpu = Proc.cpu(run.pid());
        double own = Proc.cpu(ProcessHandle.current().pid());
        double machine = Proc.machineCpu();
        Pauses pauses = run.pauses();
        long bytes = bytes(subscribers);
        int frames = frames(subscribers);
        Run.sleep(MEASURED);
        int to = Stamp.now();
        double seconds = (to - from) / 1e6;
        cpu = Proc.cpu(run.pid()) - cpu;
        own = Proc.cpu(ProcessHandle.current().pid()) - own;
        double others = Proc.machineCpu() - machine - cpu - own;
        bytes = bytes(subscribers) - bytes;
        frames = frames(subscribers) - frames;
        String collected = pauses.toString();

        finish(sent, subscribers);
        Latencies through = new Latencies();
        subscribers.forEach(reader -> reader.collect(through, from, to));
        for (int i = 0; i < streams; i++) {
            Run.same(sent.get(i), subscribers.get(i));
        }
        String title = String.format(Locale.ROOT, "%,d streams of %d tokens/s: ", streams, pace.perSecond());
        compare(title + "median", 50, direct, relayed, through);
        run.report.compare(
                title + "p99",
                String.format("%.0f ms", most),
                through.at(99) <= most,
                ms(direct.at(99)),
                ms(relayed.at(99)),
                ms(through.at(99)));
        compare(title + "longest", 100, direct, relayed, through);
        run.report.compare(
                title + "tokens/s",
                perSecond(direct.count(), WITHOUT / 1e3),
                perSecond(relayed.count(), WITHOUT / 1e3),
                perSecond(through.count(), seconds));
        run.report.add(
                title + "tokens sent = shown = in the database",
                String.format(
                        Locale.ROOT, "%,d", sent.stream().mapToInt(Sent::size).sum()));
        run.report.add(
                title + "CPU of Patter per token", String.format(Locale.ROOT, "%.0f µs", cpu / through.count() * 1e6));
        run.report.add(
                title + "CPU: Patter, this benchmark, others",
                String.format(Locale.ROOT, "%.2f, %.2f, %.2f cores", cpu / seconds, own / seconds, others / seconds));
        run.report.add(
                title + "bytes to the reader per token",
                String.format(Locale.ROOT, "%.0f", (double) bytes / through.count()));
        run.report.add(
                title + "events per reader and second", String.format(Locale.ROOT, "%.1f", frames / seconds / streams));
        run.report.add(title + "garbage collection in " + MEASURED / 1_000 + " s", collected);
        subscribers.forEach(Follower::close);
    }

    private Latencies without(int port, int streams, Pace pace) {
        run.model.goOn();
        List<Run.Reading> readings = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            readings.add(run.without(port, pace));
            Run.sleep(2);
        }
        Run.sleep(1_000);
        int from = Stamp.now();
        Run.sleep(WITHOUT);
        int to = Stamp.now();
        finish(
                readings.stream().map(Run.Reading::sent).toList(),
                readings.stream().map(Run.Reading::reader).toList());
        Latencies latencies = new Latencies();
        readings.forEach(reading -> reading.reader().collect(latencies, from, to));
        readings.forEach(Run.Reading::close);
        return latencies;
    }

    private void finish(List<Sent> sent, List<Follower> subscribers) {
        run.model.finish();
        Run.await("the last tokens", () -> {
            for (int i = 0; i < subscribers.size(); i++) {
                if (!sent.get(i).isComplete()
                        || subscribers.get(i).seen() != sent.get(i).size()) {
                    return false;
                }
            }
            return true;
        });
        Run.sleep(500);
    }

    private void compare(String row, double percent, Latencies direct, Latencies relayed, Latencies through) {
        run.report.compare(row, ms(direct.at(percent)), ms(relayed.at(percent)), ms(through.at(percent)));
    }

    private static String perSecond(int tokens, double seconds) {
        return String.format(Locale.ROOT, "%,.0f", tokens / seconds);
    }

    private static long bytes(List<Follower> subscribers) {
        return subscribers.stream().mapToLong(Follower::bytes).sum();
    }

    private static int frames(List<Follower> subscribers) {
        return subscribers.stream().mapToInt(Follower::frames).sum();
    }
}
