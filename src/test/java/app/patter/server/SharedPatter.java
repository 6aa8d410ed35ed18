package app.patter.server;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * One Patter for all tests that leave it alive, with a model server beside it. Tests that want it say
 * {@code @ExtendWith(SharedPatter.class)}; it starts with the first of them and ends with the process of the tests.
 */
public final class SharedPatter implements BeforeAllCallback {

    /** The model that plays the script named in brackets in the prompt, such as {@code [cut]} or {@code [words-9-at-9]}. */
    public static final String AS_ASKED = "openai/as-asked";

    /** The silence after which a model's answer fails here, in milliseconds. */
    public static final int PROVIDER_IDLE = 3_000;

    private static Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedPatter.class))
                .getOrComputeIfAbsent("running", key -> new Running(), Running.class);
    }

    /** The server. */
    public static PatterServer server() {
        return running.server;
    }

    /** The model server that Patter asks. */
    public static LoopbackModel model() {
        return running.model;
    }

    /** Its database. */
    public static Database database() {
        return running.database;
    }

    /** The one who made the first account, an administrator. */
    public static Person administrator() {
        return running.administrator;
    }

    /** Somebody new, logged in. */
    public static Person person() {
        return running.administrator.invite("person-" + running.people.incrementAndGet());
    }

    /** A figure of its metrics, with labels or summed over them; 0 if it was never counted. */
    public static double metric(String name) {
        return Person.stranger(server().address())
                .get("/metrics", "Authorization", "Bearer " + running.token)
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static final class Running implements AutoCloseable {

        private final AtomicInteger people = new AtomicInteger();
        private final Path folder;
        private final LoopbackModel model;
        private final PatterServer server;
        private final Person administrator;
        private final String token;
        private final Database database;
        private final ChosenDatabase chosen;

        private Running() {
            try {
                folder = Files.createTempDirectory("patter-shared");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            model = LoopbackModel.start();
            chosen = ChosenDatabase.in(folder);
            server = PatterServer.start(
                    folder,
                    chosen.settings(Map.of(
                            "PATTER_MODEL_URL", model.base().toString(),
                            "PATTER_MODEL", "as-asked",
                            "PATTER_PROVIDER_RETRIES", "1",
                            "PATTER_PROVIDER_IDLE", Integer.toString(PROVIDER_IDLE),
                            "PATTER_HEARTBEAT", "500",
                            "PATTER_SEND_TIMEOUT", "3000")));
            database = chosen.open();
            administrator = Person.first(server.address(), "ada");
            token = ApiClient.token(administrator, "read");
        }

        @Override
        public void close() throws IOException {
            database.close();
            server.close();
            model.close();
            chosen.close();
            delete(folder);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
