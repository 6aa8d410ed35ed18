package app.patter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class of more than a few screens has two jobs, or a reason. */
class LongClassesTest {

    private static final int LINES = 300;

    private static final Map<String, String> REASONS = Map.of(
            "OpenText", "one state: what of a text is open; its parts would pass all of it to each other",
            "Exchange", "one state machine: a request to a provider, its time limits and its one end");

    @Test
    void onlyClassesWithAReasonAreLong() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > LINES)
                    .forEach(file -> found.add(file.getFileName().toString().replace(".java", "")));
        }
        assertEquals(new TreeSet<>(REASONS.keySet()), found);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
