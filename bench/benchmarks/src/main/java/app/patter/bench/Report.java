package app.patter.bench;

import app.patter.server.PatterServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures, as a Markdown table with a column for each database. */
final class Report {

    private static final String DIRECT = "without Patter";
    private static final String RELAYED = "minimal relay";

    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final List<String> columns = new ArrayList<>(List.of(DIRECT, RELAYED));
    private final String load = Proc.load();
    private String column = DIRECT;

    /** What comes now is about this. */
    void column(String name) {
        column = name;
        columns.add(name);
    }

    void add(String row, String value) {
        rows.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(column, value);
        System.out.println(column + " | " + row + " | " + value);
    }

    /** A figure that has a goal. */
    void goal(String row, String goal, boolean reached, String value) {
        add(goal(row, goal), mark(reached, value));
    }

    /** A figure with what the same readers see when they ask the model server themselves, or through a relay. */
    void compare(String row, String direct, String relayed, String value) {
        add(row, value);
        rows.get(row).putIfAbsent(DIRECT, direct);
        rows.get(row).putIfAbsent(RELAYED, relayed);
    }

    /** Such a figure that has a goal. */
    void compare(String row, String goal, boolean reached, String direct, String relayed, String value) {
        compare(goal(row, goal), direct, relayed, mark(reached, value));
    }

    private static String goal(String row, String goal) {
        return "**" + row + "** (goal " + goal + ")";
    }

    private static String mark(boolean reached, String value) {
        return "**" + value + "** " + (reached ? "✓" : "✗");
    }

    static String mb(double megabytes) {
        return String.format(Locale.ROOT, "%.0f MB", megabytes);
    }

    void print(Path file) throws IOException {
        StringBuilder text = new StringBuilder("| | ")
                .append(String.join(" | ", columns))
                .append(" |\n|---|")
                .append("--:|".repeat(columns.size()))
                .append('\n');
        rows.forEach((row, values) -> {
            text.append("| ").append(row);
            columns.forEach(name -> text.append(" | ").append(values.getOrDefault(name, "")));
            text.append(" |\n");
        });
        text.append("\n").append(machine()).append('\n');
        Files.writeString(file, text);
        System.out.println("\n" + text);
    }

    private String machine() {
        return LocalDate.now(ZoneOffset.UTC) + ", " + Runtime.getRuntime().availableProcessors()
                + " cores shared by Patter, its database, the model server and the readers; "
                + System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("os.name")
                + " " + System.getProperty("os.arch") + "; " + System.getProperty("patter.server") + " with -Xmx"
                + PatterServer.HEAP
                + "; load before the run " + load
                + (Sizes.SCALE == 1 ? "" : "; sizes × " + Sizes.SCALE + ", which is too small for the goals")
                + ". Made by `./mvnw -f bench -DskipTests verify`.";
    }
}
