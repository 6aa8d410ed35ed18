package app.patter.bench;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What a server takes that has just started, and what each reader takes, of a conversation in which nothing happens. */
final class Memory {

    private static final int READERS = Sizes.of(10_000);
    private static final int PEOPLE = 10;
    private static final int AT_ONCE = 50;
    private static final double MOST = 40;

    /** The server's for requests and Patter's for sends, however many readers there are. */
    private static final int THREADS = 160;

    private final Run run;
    private final List<Follower> subscribers = new ArrayList<>();

    Memory(Run run) {
        this.run = run;
    }

    void measure() {
        for (int i = 0; i < 20; i++) {
            run.chat().get("");
        }
        run.ask(run.chat(), UUID.randomUUID(), Pace.WORD);
        Run.sleep(3_000);
        double live = Proc.live(run.pid());
        run.report.add("Memory: resident, idle", Report.mb(Proc.resident(run.pid())));
        run.report.add("Memory: live objects, idle", Report.mb(live));

        List<UUID> conversations = conversations();
        live = Proc.live(run.pid());
        double resident = Proc.resident(run.pid());
        int threads = Proc.threads(run.pid());
        for (int i = 0; i < READERS; i++) {
            subscribers.add(run.follow(reader(i), conversations.get(i)));
            if (subscribers.size() % AT_ONCE == 0) {
                Run.await("idle readers", this::areOpen);
            }
        }
        Run.await("idle readers", this::areOpen);
        Run.sleep(1_000);
        double more = Proc.live(run.pid());
        double residentMore = Proc.resident(run.pid());
        int threadsMore = Proc.threads(run.pid());
        Run.sleep(20_000); // longer than a heartbeat's interval
        if (!areOpen()) {
            throw new IllegalStateException("an idle reader was let go");
        }
        String title = String.format(Locale.ROOT, "Memory: %,d idle readers: ", READERS);
        each(title + "resident, each", residentMore - resident);
        each(title + "live objects, each", more - live);
        run.report.goal(
                title + "threads before, with them, a heartbeat later",
                "+ " + THREADS,
                threadsMore - threads <= THREADS,
                threads + ", " + threadsMore + ", " + Proc.threads(run.pid()));
        subscribers.forEach(Follower::close);
        Run.sleep(1_000);
    }

    /** Empty ones. */
    private List<UUID> conversations() {
        List<UUID> conversations = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            UUID conversation = UUID.randomUUID();
            reader(i).write("api/v1/conversations", "{\"id\":\"" + conversation + "\"}");
            conversations.add(conversation);
        }
        return conversations;
    }

    private Chat reader(int number) {
        return run.person(number % PEOPLE * Run.PAGES);
    }

    private boolean areOpen() {
        return subscribers.stream().allMatch(Follower::isOpen);
    }

    private void each(String row, double megabytes) {
        double kilobytes = megabytes * 1_024 / READERS;
        run.report.goal(
                row,
                String.format("%.0f KB", MOST),
                kilobytes <= MOST,
                String.format(Locale.ROOT, "%.1f KB", kilobytes));
    }
}
