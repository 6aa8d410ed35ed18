package app.patter.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database of a Patter under test, of the kind that {@code -Dpatter.database} names: an H2 file, or PostgreSQL. Tests
 * that are about one of them choose that one themselves.
 */
public final class ChosenDatabase implements AutoCloseable {

    private final String url;
    private final @Nullable Postgres postgres;

    private ChosenDatabase(String url, @Nullable Postgres postgres) {
        this.url = url;
        this.postgres = postgres;
    }

    /**
     * An empty one, which a Patter started with {@link #settings} fills and keeps when it is started again.
     *
     * @param folder the one that Patter is started in
     */
    public static ChosenDatabase in(Path folder) {
        String name = System.getProperty("patter.database", "h2");
        return switch (name) {
            // Open to a second process, unlike Patter's own file, so that tests can read along.
            case "h2" ->
                new ChosenDatabase(
                        "jdbc:h2:file:" + folder.resolve("data").resolve("patter") + ";WRITE_DELAY=0;AUTO_SERVER=TRUE",
                        null);
            case "postgresql" -> {
                Postgres postgres = Postgres.start();
                yield new ChosenDatabase(postgres.url(), postgres);
            }
            default -> throw new IllegalArgumentException("-Dpatter.database=" + name + ": give h2 or postgresql");
        };
    }

    /** What Patter has to be told to use it. */
    public Map<String, String> settings() {
        return postgres == null
                ? Map.of("PATTER_DB_URL", url, "JAVA_TOOL_OPTIONS", "-Dh2.bindAddress=127.0.0.1")
                : postgres.settings();
    }

    /** The same, and more settings. */
    public Map<String, String> settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings());
        all.putAll(more);
        return all;
    }

    /** Reads along. */
    public Database open() {
        return postgres == null ? Database.at(url, "", "") : postgres.database();
    }

    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
