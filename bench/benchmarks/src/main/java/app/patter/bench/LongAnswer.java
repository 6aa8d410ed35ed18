package app.patter.bench;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import java.util.Locale;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/** Whether a token costs the same at the end of a long answer as at its beginning. */
final class LongAnswer {

    private static final int FIRST = 100;
    private static final int ANSWERS = 2;
    private static final int PATIENCE = 180_000;
    private static final double MOST = 1.2;

    private final Run run;

    LongAnswer(Run run) {
        this.run = run;
    }

    /** What some tokens have taken: seconds of CPU, bytes to the database, bytes to the reader. */
    private record Cost(int tokens, double cpu, double database, double reader) {

        static final Cost NONE = new Cost(0, 0, 0, 0);

        Cost plus(Cost more) {
            return new Cost(tokens + more.tokens, cpu + more.cpu, database + more.database, reader + more.reader);
        }

        Cost since(Cost before) {
            return new Cost(
                    tokens - before.tokens, cpu - before.cpu, database - before.database, reader - before.reader);
        }
    }

    void measure() {
        answer(Pace.LONG); // warms up
        costs("in paragraphs", Pace.LONG);
        costs("in one paragraph", Pace.ENDLESS);
    }

    private void costs(String what, Pace pace) {
        Cost early = Cost.NONE;
        Cost late = Cost.NONE;
        for (int i = 0; i < ANSWERS; i++) {
            Cost[] costs = answer(pace);
            early = early.plus(costs[0]);
            late = late.plus(costs[1]);
        }
        String title = String.format(
                Locale.ROOT, "Long answer %s, tokens from %d and the last before %,d: ", what, FIRST, pace.tokens());
        report(title + "µs of CPU per token", early, late, cost -> cost.cpu() * 1e6);
        report(title + "bytes to the database per token", early, late, Cost::database);
        report(title + "bytes to the reader per token", early, late, Cost::reader);
    }

    private void report(String row, Cost early, Cost late, ToDoubleFunction<Cost> figure) {
        double before = figure.applyAsDouble(early) / early.tokens();
        double after = figure.applyAsDouble(late) / late.tokens();
        run.report.goal(
                row,
                "× " + MOST,
                after <= MOST * before,
                String.format(Locale.ROOT, "%.1f, %.1f: × %.2f", before, after, after / before));
    }

    /** The cost of the first tenth of an answer, but for its very first tokens, and of the last. */
    private Cost[] answer(Pace pace) {
        int tenth = pace.tokens() / 10;
        UUID conversation = UUID.randomUUID();
        Sent sent = run.ask(run.chat(), conversation, pace);
        try (Follower reader = run.follow(run.chat(), conversation)) {
            Cost begin = at(FIRST, reader);
            Cost early = at(FIRST + tenth, reader).since(begin);
            Cost end = at(pace.tokens() - tenth, reader);
            Cost late = at(pace.tokens(), reader).since(end);
            Run.same(sent, reader);
            return new Cost[] {early, late};
        }
    }

    /** What everything has taken until the reader has seen so many tokens. */
    private Cost at(int tokens, Follower reader) {
        Run.await("a long answer", PATIENCE, () -> reader.seen() >= tokens);
        return new Cost(reader.seen(), Proc.cpu(run.pid()), run.database.written(run.pid()), reader.bytes());
    }
}
