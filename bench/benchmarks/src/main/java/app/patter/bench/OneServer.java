package app.patter.bench;

import app.patter.bench.TokenServer.Pace;
import java.util.Locale;

/** What tells servers apart: how long Patter takes to start there, what it takes idle, and what it adds under some load. */
final class OneServer {

    private static final int STREAMS = 100;
    private static final int MOST = 100;

    private final Run run;

    OneServer(Run run) {
        this.run = run;
    }

    void measure() {
        run.report.add("Start until ready", String.format(Locale.ROOT, "%.1f s", run.start));
        double live = Proc.live(run.pid());
        run.report.add("Idle: resident", Report.mb(Proc.resident(run.pid())));
        run.report.add("Idle: live objects", Report.mb(live));
        new ManyStreams(run).measure(Sizes.of(STREAMS), Pace.LOAD, MOST);
    }
}
