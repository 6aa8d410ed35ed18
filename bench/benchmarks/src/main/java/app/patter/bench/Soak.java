package app.patter.bench;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Ten minutes at full load instead of a day at a person's: conversations come and go, readers load their pages again in
 * the middle of answers, and nothing may grow but the data.
 */
final class Soak {

    private static final int PAGES = 200;
    private static final int ANSWERS = 4;
    private static final double GROWTH = 1.05;

    /** Bytes on the disk for each byte of text: rows with their keys and times, and pages that are being filled. */
    private static final double BYTES = 3;

    private static final int MINUTES = Integer.getInteger("bench.minutes", 10);
    private static final int MOST_MINUTES = 30;
    private static final int SAMPLES = 12;
    private static final String EACH = "at each " + SAMPLES + "th of the time";

    private final Run run;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private int answers;
    private int reloads;

    Soak(Run run) {
        this.run = run;
    }

    /** What may not grow, and the data; memory in MB, that of live objects after a collection. */
    private record Sample(double live, double resident, int threads, int sockets, long database, long text) {}

    void measure() {
        if (MINUTES < 1 || MINUTES > MOST_MINUTES) {
            throw new IllegalArgumentException("bench.minutes has to be 1 to " + MOST_MINUTES + ".");
        }
        long begin = System.nanoTime();
        for (int page = 0; page < Sizes.of(PAGES); page++) {
            slots.add(new Slot(run.person(page)));
        }
        long end = begin + MINUTES * 60_000_000_000L;
        while (System.nanoTime() < end) {
            slots.forEach(Slot::goOn);
            if (samples.size() < SAMPLES - 1
                    && System.nanoTime() - begin > (samples.size() + 1) * (end - begin) / SAMPLES) {
                sample();
            }
            Run.sleep(20);
        }
        sample();
        Run.await("the last answers", () -> slots.stream().allMatch(Slot::isDone));
        slots.forEach(Slot::close);
        report();
    }

    private void sample() {
        long text = run.text();
        long database = run.database.size();
        double live = Proc.live(run.pid());
        samples.add(new Sample(
                live, Proc.resident(run.pid()), Proc.threads(run.pid()), Proc.sockets(run.pid()), database, text));
        System.out.println(samples.size() + "/" + SAMPLES + " " + samples.get(samples.size() - 1));
    }

    private void report() {
        run.report.add(
                "Soak: minutes, answers, pages loaded again in their middle",
                String.format(Locale.ROOT, "%d, %,d, %,d", MINUTES, answers, reloads));
        grows("live objects, MB", Sample::live);
        run.report.add("Soak: resident, MB, " + EACH, series(Sample::resident));
        grows("threads", Sample::threads);
        grows("sockets", Sample::sockets);
        run.report.add("Soak: text, MB, " + EACH, series(sample -> sample.text() / 1e6));
        run.report.add("Soak: database, MB, " + EACH, series(sample -> sample.database() / 1e6));
        Sample from = samples.get(2 * samples.size() / 3 - 1);
        Sample to = samples.get(samples.size() - 1);
        double bytes = (double) (to.database() - from.database()) / (to.text() - from.text());
        run.report.goal(
                "Soak: bytes by which the database grew per byte of text, last third",
                String.format(Locale.ROOT, "%.0f", BYTES),
                bytes <= BYTES,
                String.format(Locale.ROOT, "%.1f", bytes));
    }

    private void grows(String what, ToDoubleFunction<Sample> figure) {
        int third = samples.size() / 3;
        double before = mean(samples.subList(third, 2 * third), figure);
        double after = mean(samples.subList(2 * third, samples.size()), figure);
        run.report.add("Soak: " + what + ", " + EACH, series(figure));
        run.report.goal(
                "Soak: " + what + ", last third to second",
                "× " + GROWTH,
                after <= GROWTH * before,
                String.format(Locale.ROOT, "× %.2f", after / before));
    }

    private static double mean(List<Sample> some, ToDoubleFunction<Sample> figure) {
        return some.stream().mapToDouble(figure).average().orElseThrow();
    }

    private String series(ToDoubleFunction<Sample> figure) {
        return samples.stream()
                .map(sample -> String.format(Locale.ROOT, "%.0f", figure.applyAsDouble(sample)))
                .collect(Collectors.joining(" "));
    }

    /** A page on which one answer follows another. */
    private final class Slot {
        private final Chat person;
        private UUID conversation = UUID.randomUUID();
        private int asked;
        private Sent sent;
        private Follower reader;
        private boolean again;

        Slot(Chat person) {
            this.person = person;
            this.sent = run.ask(person, conversation, Pace.PAGE);
            this.reader = run.follow(person, conversation);
            asked = 1;
        }

        /** Loads the page again in the middle of an answer, and asks the next at its end. */
        void goOn() {
            if (!again && sent.size() > Pace.PAGE.tokens() / 2) {
                again = true;
                reloads++;
                load();
            }
            if (isDone()) {
                Run.same(sent, reader);
                answers++;
                again = false;
                if (asked == ANSWERS) {
                    conversation = UUID.randomUUID();
                    asked = 0;
                }
                sent = run.ask(person, conversation, Pace.PAGE);
                if (asked++ == 0) {
                    load();
                }
            }
        }

        private void load() {
            reader.close();
            reader = run.follow(person, conversation);
        }

        boolean isDone() {
            return sent.isComplete() && reader.last() == sent.last();
        }

        void close() {
            Run.same(sent, reader);
            answers++;
            reader.close();
        }
    }
}
