package app.patter.bench;

import static app.patter.bench.Latencies.ms;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import app.patter.server.PatterServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Measures Patter with each database that is there, and prints one table. Bounded in numbers and time; ends what it has
 * started. {@code docs/benchmarks.md} tells how to run it.
 */
public final class Bench {

    private static final int TALKS = 30;
    private static final int WARMING_TALKS = 10;
    private static final int STREAMS = 200;
    private static final int IDLE_STREAMS = 500;
    private static final int WARM_UP = 40_000;
    private static final int MEASURED = 20_000;
    private static final int DIRECT = 5_000;
    private static final int PATIENCE = 30_000;

    /** Which parts run: {@code memory}, {@code one}, {@code flood}, {@code many}. */
    private static final List<String> PARTS =
            List.of(System.getProperty("bench.parts", "memory,one,flood,many").split(","));

    private final TokenServer model = new TokenServer();
    private final Followers followers = new Followers();
    private final Report report = new Report();
    private final Path folder;
    private int streams;

    private Database database;
    private PatterServer server;
    private Chat chat;
    private Path gc;

    /** Streams of each conversation, in order, to be compared with the database at the end. */
    private Map<UUID, List<Sent>> asked;

    private Bench(Path folder) {
        this.folder = folder;
    }

    /** Runs everything; the argument is the file for the table. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("patter-bench");
        Bench bench = new Bench(folder);
        String databases = System.getProperty("bench.databases", "h2,postgresql");
        if (databases.contains("h2")) {
            bench.measure("H2");
        }
        if (databases.contains("postgresql") && Database.hasPostgres()) {
            bench.measure("PostgreSQL");
        }
        bench.followers.close();
        bench.model.close();
        bench.report.print(Path.of(arguments[0]));
    }

    private void measure(String name) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        gc = run.resolve("gc.log");
        database = name.equals("H2") ? Database.embedded(run.resolve("data")) : Database.postgres();
        Map<String, String> settings = new LinkedHashMap<>(database.settings());
        settings.put("PATTER_OPENAI_URL", model.base());
        settings.put("JAVA_TOOL_OPTIONS", "-Xlog:gc:file=" + gc + " " + System.getProperty("bench.server", ""));
        asked = new LinkedHashMap<>();
        report.column("Patter, " + database.name());
        try (Database used = database) {
            try (PatterServer started = PatterServer.start(run, settings)) {
                server = started;
                chat = new Chat(server.address());
                if (PARTS.contains("memory")) {
                    memory();
                }
                if (PARTS.contains("one")) {
                    one();
                }
                if (PARTS.contains("flood")) {
                    flood();
                }
                if (PARTS.contains("many")) {
                    many();
                }
                report.add("Memory: resident after everything", String.format("%.0f MB", Proc.resident(pid())));
            }
            compare();
        } finally {
            if (System.getenv("BENCH_LOG") != null) {
                System.out.println(server == null ? "" : server.log());
            }
        }
    }

    private long pid() {
        return server.pid();
    }

    // Idle

    private void memory() {
        for (int i = 0; i < 20; i++) {
            chat.get("");
        }
        UUID conversation = UUID.randomUUID();
        chat.begin(conversation, asks(conversation), Pace.WORD);
        sleep(3_000);
        double live = Proc.live(pid());
        double resident = Proc.resident(pid());
        int threads = Proc.threads(pid());
        List<Follower> idle = new ArrayList<>();
        for (int i = 0; i < IDLE_STREAMS; i++) {
            Follower follower = followers.follow(port(), chat.events(conversation));
            idle.add(follower);
            await("an idle stream", follower::isOpen);
        }
        sleep(1_000);
        double more = Proc.live(pid());
        double perHundred = 100.0 / IDLE_STREAMS;
        report.add("Memory: resident, idle", String.format("%.0f MB", resident));
        report.add("Memory: live objects, idle", String.format("%.0f MB", live));
        report.add(
                "Memory: resident, per 100 idle streams",
                String.format(Locale.ROOT, "%.1f MB", (Proc.resident(pid()) - resident) * perHundred));
        report.add(
                "Memory: live objects, per 100 idle streams",
                String.format(Locale.ROOT, "%.1f MB", (more - live) * perHundred));
        report.add("Threads: idle, and with " + IDLE_STREAMS + " idle streams", threads + ", " + Proc.threads(pid()));
        idle.forEach(Follower::close);
        sleep(1_000);
    }

    // One stream

    private void one() {
        Latencies directFirst = new Latencies();
        Latencies directLater = new Latencies();
        Latencies first = new Latencies();
        Latencies later = new Latencies();
        UUID conversation = UUID.randomUUID();
        chat.begin(conversation, asks(conversation), Pace.WORD);
        Follower reader = followers.follow(port(), chat.events(conversation));
        await("the first word", () -> reader.seen() == 1);
        int expected = 1;
        for (int talk = -WARMING_TALKS; talk < TALKS; talk++) {
            boolean counts = talk >= 0;
            Sent direct = direct(Pace.TALK, counts ? directFirst : new Latencies(), directLater);
            int number = asks(conversation);
            chat.send(conversation, number, Pace.TALK);
            expected += Pace.TALK.tokens();
            int all = expected;
            await("an answer", () -> reader.seen() == all);
            Sent sent = model.sent(number);
            same(sent, reader);
            if (counts) {
                int[] stamps = sent.stamps();
                first.add(reader.latency(stamps[0]));
                for (int i = 1; i < stamps.length; i++) {
                    later.add(reader.latency(stamps[i]));
                }
            }
            sleep(20 + 7 * (talk & 3)); // not in step with anybody's timer
        }
        reader.close();
        report.direct("One stream: first token, median", ms(directFirst.at(50)), ms(first.at(50)));
        report.direct("One stream: first token, p95", ms(directFirst.at(95)), ms(first.at(95)));
        report.direct("One stream: later tokens, median", ms(directLater.at(50)), ms(later.at(50)));
        report.direct("One stream: later tokens, p99", ms(directLater.at(99)), ms(later.at(99)));
        report.add(
                "**One stream: added to the first token, median** (goal 10 ms)",
                "**" + ms(first.at(50) - directFirst.at(50)) + "**");
    }

    private Sent direct(Pace pace, Latencies first, Latencies later) {
        int number = ++streams;
        Sent sent = model.sent(number);
        try (Follower reader = followers.follow(model.port(), request(number, pace))) {
            await("an answer without Patter", () -> sent.isComplete() && reader.seen() == sent.size());
            int[] stamps = sent.stamps();
            first.add(reader.latency(stamps[0]));
            for (int i = 1; i < stamps.length; i++) {
                later.add(reader.latency(stamps[i]));
            }
        }
        return sent;
    }

    private static String request(int stream, Pace pace) {
        String body = "{\"model\":\"" + pace.model()
                + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"#" + stream + "#\"}]}";
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    // As fast as it goes

    private void flood() {
        double[] speeds = new double[3];
        double[] directSpeeds = new double[speeds.length];
        double cpu = 0;
        for (int run = 0; run < speeds.length; run++) {
            int number = ++streams;
            Sent alone = model.sent(number);
            try (Follower reader = followers.follow(model.port(), request(number, Pace.FLOOD))) {
                await("a flood without Patter", () -> reader.seen() == Pace.FLOOD.tokens());
                directSpeeds[run] = speed(alone, reader);
            }
            UUID conversation = UUID.randomUUID();
            double before = Proc.cpu(pid());
            int flood = asks(conversation);
            chat.begin(conversation, flood, Pace.FLOOD);
            try (Follower reader = followers.follow(port(), chat.events(conversation))) {
                await("a flood", () -> reader.seen() == Pace.FLOOD.tokens());
                speeds[run] = speed(model.sent(flood), reader);
                same(model.sent(flood), reader);
            }
            cpu = (Proc.cpu(pid()) - before) / Pace.FLOOD.tokens() * 1_000_000;
        }
        Arrays.sort(speeds);
        Arrays.sort(directSpeeds);
        report.direct(
                String.format(
                        Locale.ROOT,
                        "One unthrottled stream of %,d tokens, median of %d",
                        Pace.FLOOD.tokens(),
                        speeds.length),
                String.format(Locale.ROOT, "%,.0f tokens/s", directSpeeds[speeds.length / 2]),
                String.format(Locale.ROOT, "%,.0f tokens/s", speeds[speeds.length / 2]));
        report.add("One unthrottled stream: CPU per token, last run", String.format(Locale.ROOT, "%.0f µs", cpu));
    }

    private static double speed(Sent sent, Follower reader) {
        int[] stamps = sent.stamps();
        int last = stamps[stamps.length - 1];
        return stamps.length * 1_000_000.0 / (last + reader.latency(last) - stamps[0]);
    }

    // Many streams

    private void many() {
        Latencies direct = new Latencies();
        manyDirect(direct);

        model.goOn();
        List<Sent> sent = new ArrayList<>();
        List<Follower> readers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            UUID conversation = UUID.randomUUID();
            int number = asks(conversation);
            chat.begin(conversation, number, Pace.LOAD);
            sent.add(model.sent(number));
            readers.add(followers.follow(port(), chat.events(conversation)));
        }
        await("all streams", () -> readers.stream().allMatch(reader -> reader.seen() > 0));
        sleep(WARM_UP);

        int from = Stamp.now();
        double cpu = Proc.cpu(pid());
        double own = Proc.cpu(ProcessHandle.current().pid());
        double machine = Proc.machineCpu();
        Pauses pauses = new Pauses(gc);
        long bytes = bytes(readers);
        int frames = frames(readers);
        sleep(MEASURED);
        int to = Stamp.now();
        double seconds = (to - from) / 1e6;
        cpu = Proc.cpu(pid()) - cpu;
        own = Proc.cpu(ProcessHandle.current().pid()) - own;
        double others = Proc.machineCpu() - machine - cpu - own;
        bytes = bytes(readers) - bytes;
        frames = frames(readers) - frames;
        String collected = pauses.toString();

        finish(sent, readers);
        Latencies through = new Latencies();
        readers.forEach(reader -> reader.collect(through, from, to));
        for (int i = 0; i < STREAMS; i++) {
            same(sent.get(i), readers.get(i));
        }
        String title = STREAMS + " streams: ";
        report.direct(title + "tokens/s", perSecond(direct.count(), DIRECT / 1e3), perSecond(through.count(), seconds));
        report.direct(title + "median", ms(direct.at(50)), ms(through.at(50)));
        report.direct("**" + title + "p99** (goal 150 ms)", ms(direct.at(99)), "**" + ms(through.at(99)) + "**");
        report.direct(title + "longest", ms(direct.at(100)), ms(through.at(100)));
        report.add(title + "tokens sent = shown = in the database", count(sent));
        report.add(
                title + "CPU of Patter per token", String.format(Locale.ROOT, "%.0f µs", cpu / through.count() * 1e6));
        report.add(
                title + "CPU: Patter, this benchmark, others",
                String.format(Locale.ROOT, "%.2f, %.2f, %.2f cores", cpu / seconds, own / seconds, others / seconds));
        report.add(
                title + "bytes to the reader per token",
                String.format(Locale.ROOT, "%.0f", (double) bytes / through.count()));
        report.add(
                title + "events per reader and second", String.format(Locale.ROOT, "%.1f", frames / seconds / STREAMS));
        report.add(title + "garbage collection in " + MEASURED / 1_000 + " s", collected);
        readers.forEach(Follower::close);
    }

    private void manyDirect(Latencies latencies) {
        model.goOn();
        List<Sent> sent = new ArrayList<>();
        List<Follower> readers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            int number = ++streams;
            sent.add(model.sent(number));
            readers.add(followers.follow(model.port(), request(number, Pace.LOAD)));
            sleep(2);
        }
        sleep(1_000);
        int from = Stamp.now();
        sleep(DIRECT);
        int to = Stamp.now();
        finish(sent, readers);
        readers.forEach(reader -> reader.collect(latencies, from, to));
        readers.forEach(Follower::close);
    }

    private void finish(List<Sent> sent, List<Follower> readers) {
        model.finish();
        await("the last tokens", () -> {
            for (int i = 0; i < readers.size(); i++) {
                if (!sent.get(i).isComplete()
                        || readers.get(i).seen() != sent.get(i).size()) {
                    return false;
                }
            }
            return true;
        });
        sleep(500);
    }

    private static String perSecond(int tokens, double seconds) {
        return String.format(Locale.ROOT, "%,.0f", tokens / seconds);
    }

    private static String count(List<Sent> sent) {
        return String.format(
                Locale.ROOT, "%,d", sent.stream().mapToInt(Sent::size).sum());
    }

    private static long bytes(List<Follower> readers) {
        return readers.stream().mapToLong(Follower::bytes).sum();
    }

    private static int frames(List<Follower> readers) {
        return readers.stream().mapToInt(Follower::frames).sum();
    }

    // Exactness

    private static void same(Sent sent, Follower reader) {
        if (!Arrays.equals(sent.stamps(), reader.shown())) {
            throw new IllegalStateException("a reader was shown " + reader.shown().length + " tokens, not the "
                    + sent.size() + " that were sent, or others");
        }
    }

    /** Every conversation's text in the database is what the model sent, character by character. */
    private void compare() {
        Map<UUID, String> saved = database.answers();
        asked.forEach((conversation, sent) -> {
            StringBuilder text = new StringBuilder();
            sent.forEach(one -> text.append(Stamp.text(one.stamps())));
            if (!text.toString().equals(saved.get(conversation))) {
                throw new IllegalStateException("the database lost text of " + conversation);
            }
        });
        report.add(
                "Exact: answers in the database, compared by character",
                String.format(
                        Locale.ROOT,
                        "%,d",
                        asked.values().stream().mapToInt(List::size).sum()));
    }

    /** The number of a new stream for the conversation. */
    private int asks(UUID conversation) {
        int number = ++streams;
        asked.computeIfAbsent(conversation, id -> new ArrayList<>()).add(model.sent(number));
        return number;
    }

    private int port() {
        return server.address().getPort();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE * 1_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + PATIENCE / 1_000 + " s: " + what);
            }
            sleep(1);
        }
    }

    static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
