package app.patter.bench;

import static app.patter.bench.Latencies.ms;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What Patter adds to one answer at a person's pace. */
final class OneStream {

    private static final int TALKS = 30;
    private static final int COLD_TALKS = 10;

    /** What is compiled only after thousands of calls is warm then, as in a Patter that has been up for a day. */
    private static final int WARMING_ROUNDS = 20;

    private static final int WARMING_STREAMS = 20;
    private static final double FIRST = 5;
    private static final double LATER = 60;

    private final Run run;

    OneStream(Run run) {
        this.run = run;
    }

    /** The first tokens of answers, and all others. */
    private record Times(Latencies first, Latencies later) {

        Times() {
            this(new Latencies(), new Latencies());
        }

        void add(Sent sent, Follower reader) {
            int[] stamps = sent.stamps();
            first.add(reader.latency(stamps[0]));
            for (int i = 1; i < stamps.length; i++) {
                later.add(reader.latency(stamps[i]));
            }
        }
    }

    void measure() {
        UUID conversation = UUID.randomUUID();
        run.ask(run.chat(), conversation, Pace.WORD);
        Follower reader = run.follow(run.chat(), conversation);
        Run.await("the first word", () -> reader.seen() == 1);
        Times cold = new Times();
        for (int talk = 0; talk < COLD_TALKS; talk++) {
            talk(conversation, reader, cold);
        }
        for (int round = 0; round < Sizes.of(WARMING_ROUNDS); round++) {
            warm();
        }
        Times direct = new Times();
        Times relayed = new Times();
        Times through = new Times();
        for (int talk = 0; talk < Sizes.of(TALKS); talk++) {
            talk(run.model.port(), direct);
            talk(run.relay.port(), relayed);
            talk(conversation, reader, through);
            Run.sleep(20 + 7 * (talk & 3)); // not in step with anybody's timer
        }
        reader.close();
        run.report.add(
                "One stream: first token of the first " + COLD_TALKS + " after the start, median",
                ms(cold.first().at(50)));
        compare("first token, median", 50, direct.first(), relayed.first(), through.first());
        compare("first token, p95", 95, direct.first(), relayed.first(), through.first());
        compare("later tokens, median", 50, direct.later(), relayed.later(), through.later());
        compare("later tokens, p99", 99, direct.later(), relayed.later(), through.later());
        added("added to the first token, median", 50, FIRST, direct.first(), relayed.first(), through.first());
        added("added to later tokens, p99", 99, LATER, direct.later(), relayed.later(), through.later());
    }

    private void talk(UUID conversation, Follower reader, Times times) {
        int expected = reader.seen() + Pace.TALK.tokens();
        Sent sent = run.ask(run.chat(), conversation, Pace.TALK);
        Run.await("an answer", () -> reader.seen() == expected);
        Run.same(sent, reader);
        times.add(sent, reader);
    }

    /** Answers at once in conversations of their own, each with a reader. */
    private void warm() {
        List<Sent> sent = new ArrayList<>();
        List<Follower> subscribers = new ArrayList<>();
        for (int i = 0; i < WARMING_STREAMS; i++) {
            UUID conversation = UUID.randomUUID();
            sent.add(run.ask(run.person(i), conversation, Pace.TALK));
            subscribers.add(run.follow(run.person(i), conversation));
        }
        for (int i = 0; i < WARMING_STREAMS; i++) {
            Follower reader = subscribers.get(i);
            Run.await("an answer", () -> reader.seen() == Pace.TALK.tokens());
            Run.same(sent.get(i), reader);
            reader.close();
        }
    }

    private void talk(int port, Times times) {
        try (Run.Reading reading = run.without(port, Pace.TALK)) {
            Run.await("an answer without Patter", reading::isComplete);
            times.add(reading.sent(), reading.reader());
        }
    }

    private void compare(String what, double percent, Latencies direct, Latencies relayed, Latencies through) {
        run.report.compare(
                "One stream: " + what, ms(direct.at(percent)), ms(relayed.at(percent)), ms(through.at(percent)));
    }

    private void added(
            String what, double percent, double most, Latencies direct, Latencies relayed, Latencies through) {
        double added = through.at(percent) - direct.at(percent);
        run.report.compare(
                "One stream: " + what,
                String.format("%.0f ms", most),
                added <= most,
                "",
                ms(relayed.at(percent) - direct.at(percent)),
                ms(added));
    }
}
