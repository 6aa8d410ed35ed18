package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore as the guide to self-hosting says it, command by command. */
class BackupIT {

    private static final String KEY = "sk-kept-0123456789";
    private static final String MODEL = "kept/words-50-at-100";
    private static final String TEXT =
            IntStream.rangeClosed(1, 50).mapToObj(word -> "word" + word).collect(Collectors.joining(" "));

    private final Map<String, String> places = new TreeMap<>();

    @TempDir
    private Path folder;

    private LoopbackModel model;

    @BeforeEach
    void startModel() throws IOException {
        model = LoopbackModel.start();
        places.put("/var/lib/patter", folder.resolve("data").toString());
        places.put("/backup", Files.createDirectory(folder.resolve("backup")).toString());
    }

    @AfterEach
    void closeModel() throws IOException {
        model.close();
    }

    @Test
    void theEmbeddedDatabaseComesBackWithItsKeys() {
        try (PatterServer server = PatterServer.start(folder, Map.of())) {
            Guide guide = new Guide(server, places, Map.of());
            comesBack(
                    server, guide, "With the embedded database, Patter stops", "To restore it, on this", server::start);
        }
    }

    @Test
    @Tag("long")
    void postgresComesBackWithTheKeys() {
        try (Postgres postgres = Postgres.start()) {
            // As Debian has it: the superuser is postgres, and patter owns its database and nothing else.
            postgres.execute("create role postgres superuser login");
            places.put("sudo -u postgres ", "");
            try (PatterServer server = PatterServer.start(folder, postgres.settings())) {
                Guide guide = new Guide(server, places, postgres.environment("postgres"));
                comesBack(server, guide, "PostgreSQL is copied while", "To restore it, stop", () -> {});
            }
        }
    }

    /**
     * What was there at the time of the backup is there after the restore, and nothing that came later.
     *
     * @param meanwhile what happens on the new machine before that: an empty Patter may have been started
     */
    private void comesBack(PatterServer server, Guide guide, String backup, String restore, Runnable meanwhile) {
        Person ada = Person.first(server.address(), "ada");
        new ModelsPage(ada).adds("Kept", model.base().toString(), KEY);
        Talk before = ended(ada, "Before");

        guide.follow(backup);

        Talk after = ended(ada, "After");
        ModelsPage models = new ModelsPage(ada);
        models.remove("Kept");
        before.delete().expect(303);
        lose(server);
        meanwhile.run();

        guide.follow(restore);

        assertEquals(TEXT, before.shown().text(2));
        after.person().get(after.path()).expect(404);
        int asked = model.requests().size();
        Talk again = ended(ada, "Again");
        assertEquals(TEXT, again.shown().text(2));
        assertTrue(model.requests().size() > asked);
        model.requests()
                .forEach(request ->
                        assertEquals("Bearer " + KEY, request.headers().get("authorization")));
    }

    /** The machine's data folder goes too: a backup of the database alone would not do. */
    private void lose(PatterServer server) {
        server.stop();
        try {
            SharedPatter.delete(folder.resolve("data"));
            Files.createDirectory(folder.resolve("data")); // as systemd does at each start (StateDirectory)
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Talk ended(Person person, String text) {
        Talk talk = person.begin(text, MODEL);
        Until.holds(
                "the answer", () -> talk.shown().states().getOrDefault(2L, "").equals("done"));
        return talk;
    }
}
