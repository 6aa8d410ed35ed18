package app.patter.bench;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many conversations begun within a second, each with a reader: what the beginnings cost, and how long they take. */
final class Burst {

    private static final int WARM_UP = 14;
    private static final int ROUNDS = 5;
    private static final int ANSWERS = 200;
    private static final int LONGER = 100;
    private static final int SENDERS = 32;
    private static final double SECOND = 1e6;
    private static final double CPU_PER_START = 5;
    private static final double CPU_PER_THOUSAND = 60;
    private static final double FIRST_MEDIAN = 60;
    private static final double FIRST_P95 = 150;
    private static final double LATER_P99 = 100;

    private final Run run;
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);

    Burst(Run run) {
        this.run = run;
    }

    /** One answer, from the moment when its question was posted. */
    private record Talk(int posted, Sent sent, Follower reader) {

        boolean isComplete() {
            return sent.isComplete() && reader.seen() == sent.size();
        }

        int first() {
            int stamp = sent.stamps()[0];
            return stamp + reader.latency(stamp) - posted;
        }
    }

    void measure() {
        int answers = Sizes.of(ANSWERS);
        for (int i = 0; i < answers; i++) {
            run.person(i);
        }
        int longer = Sizes.of(LONGER);
        for (int round = 0; round < Sizes.of(WARM_UP); round++) {
            round(longer, Pace.LETTER);
            round(answers, Pace.BRIEF);
        }
        measureStarts(answers);
        measureTokens(longer);
        senders.shutdown();
    }

    private void measureStarts(int answers) {
        Latencies first = new Latencies();
        double cpu = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double before = Proc.cpu(run.pid());
            round(answers, Pace.BRIEF).forEach(talk -> first.add(talk.first()));
            cpu += Proc.cpu(run.pid()) - before;
        }
        String title = String.format(Locale.ROOT, "%,d conversations begun within a second: ", answers);
        goal(title + "first token after the POST, median", FIRST_MEDIAN, first.at(50), "ms");
        goal(title + "first token after the POST, p95", FIRST_P95, first.at(95), "ms");
        goal(title + "CPU of each, with three tokens", CPU_PER_START, cpu / first.count() * 1_000, "ms");
    }

    private void measureTokens(int answers) {
        Latencies later = new Latencies();
        double cpu = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double before = Proc.cpu(run.pid());
            int from = Stamp.now();
            List<Talk> talks = round(answers, Pace.LETTER);
            cpu += Proc.cpu(run.pid()) - before;
            int to = Stamp.now();
            talks.forEach(talk -> talk.reader().collect(later, from, to));
        }
        String title =
                String.format(Locale.ROOT, "%,d answers of %d tokens, begun together: ", answers, Pace.LETTER.tokens());
        goal(title + "all tokens, p99", LATER_P99, later.at(99), "ms");
        goal(title + "CPU per 1,000 tokens, beginnings included", CPU_PER_THOUSAND, cpu / later.count() * 1e6, "ms");
    }

    private void goal(String what, double most, double found, String unit) {
        run.report.goal(
                what,
                String.format(Locale.ROOT, "%.0f %s", most, unit),
                found <= most,
                String.format(Locale.ROOT, "%.1f %s", found, unit));
    }

    /** Posts evenly over one second, and waits until all is shown. */
    private List<Talk> round(int answers, Pace pace) {
        int start = Stamp.now();
        List<CompletableFuture<Talk>> begun = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            UUID conversation = UUID.randomUUID();
            int number = run.asks(conversation);
            Chat person = run.person(i);
            while (Stamp.now() < start + i * SECOND / answers) {
                Run.sleep(1);
            }
            begun.add(CompletableFuture.supplyAsync(
                    () -> {
                        int posted = Stamp.now();
                        person.begin(conversation, number, pace);
                        return new Talk(posted, run.model.sent(number), run.follow(person, conversation));
                    },
                    senders));
        }
        List<Talk> talks = begun.stream().map(CompletableFuture::join).toList();
        talks.forEach(talk -> Run.await("an answer", talk::isComplete));
        talks.forEach(talk -> Run.same(talk.sent(), talk.reader()));
        talks.forEach(talk -> talk.reader().close());
        return talks;
    }
}
