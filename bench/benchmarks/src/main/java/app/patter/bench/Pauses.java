package app.patter.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The garbage collector's pauses, from the log that the server's JVM writes with {@code -Xlog:gc}. */
final class Pauses {

    private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

    private final Path log;
    private final int before;

    /** Counts from now on. */
    Pauses(Path log) {
        this.log = log;
        this.before = lines().size();
    }

    @Override
    public String toString() {
        double[] pauses = lines().stream()
                .skip(before)
                .map(PAUSE::matcher)
                .filter(Matcher::find)
                .mapToDouble(pause -> Double.parseDouble(pause.group(1)))
                .toArray();
        double longest = java.util.Arrays.stream(pauses).max().orElse(0);
        double all = java.util.Arrays.stream(pauses).sum();
        return String.format(Locale.ROOT, "%d pauses, %.0f ms in all, longest %.0f ms", pauses.length, all, longest);
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
