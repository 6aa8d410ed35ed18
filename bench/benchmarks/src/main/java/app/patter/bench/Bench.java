package app.patter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures Patter with each database that is there, and prints one table. Bounded in numbers and time; ends what it has
 * started. {@code docs/benchmarks.md} tells how to run it.
 */
public final class Bench {

    private static final List<String> PARTS =
            List.of(System.getProperty("bench.parts", "one,flood,many").split(","));

    private Bench() {}

    /** Runs everything; the argument is the file for the table. */
    public static void main(String[] arguments) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(Bench::endAll));
        Report report = new Report();
        int status = 0;
        try {
            measure(report);
        } catch (RuntimeException e) {
            e.printStackTrace();
            status = 1;
        }
        report.print(Path.of(arguments[0]));
        System.exit(status); // whatever threads are left
    }

    /** Whoever interrupts it, and wherever it fails: nothing that it has started goes on. */
    private static void endAll() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }

    private static void measure(Report report) throws IOException {
        Path folder = Files.createTempDirectory("patter-bench");
        String databases = System.getProperty("bench.databases", "h2,postgresql");
        if (databases.contains("h2")) {
            Path run = Files.createDirectories(folder.resolve("h2"));
            measure(run, Database.embedded(run.resolve("data")), report);
        }
        if (databases.contains("postgresql") && Database.hasPostgres()) {
            measure(Files.createDirectories(folder.resolve("postgresql")), Database.postgres(), report);
        }
    }

    private static void measure(Path folder, Database database, Report report) {
        report.column("Patter, " + database.name());
        try (database) {
            Run run = new Run(folder, database, report);
            try (run) {
                for (String part : PARTS) {
                    Stamp.restart();
                    measure(part, run);
                }
                report.add("Resident after everything", Report.mb(Proc.resident(run.pid())));
            } finally {
                if (System.getenv("BENCH_LOG") != null) {
                    System.out.println(run.log());
                }
            }
            run.compare();
        }
    }

    private static void measure(String part, Run run) {
        switch (part) {
            case "memory" -> new Memory(run).measure();
            case "one" -> new OneStream(run).measure();
            case "flood" -> new Flood(run).measure();
            case "burst" -> new Burst(run).measure();
            case "many" -> new ManyStreams(run).measure();
            case "long" -> new LongAnswer(run).measure();
            case "messages" -> new LongConversation(run).measure();
            case "stalled" -> new StalledReader(run).measure();
            case "scenarios" -> new Scenarios(run).measure();
            case "server" -> new OneServer(run).measure();
            case "soak" -> new Soak(run).measure();
            default -> throw new IllegalArgumentException("The benchmark has no part \"" + part + "\".");
        }
    }
}
