package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Databases that earlier Patters wrote, kept under {@code src/test/resources/schema}: each holds ada's account and one
 * conversation of two questions and two answers.
 */
class UpgradeIT {

    private static final UUID CONVERSATION = UUID.fromString("7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11");

    /** What stands behind Patter. */
    enum Engine {
        H2,
        POSTGRESQL
    }

    /** An old database, ready for a Patter to start on. */
    private record Old(Map<String, String> settings, Path data, Supplier<Database> open, Postgres postgres)
            implements AutoCloseable {

        static Old of(Engine engine, int version, Path folder) throws IOException {
            String resources = "/schema/V" + version + "/";
            if (engine == Engine.H2) {
                Path data = Files.createDirectories(folder.resolve("data"));
                Files.write(data.resolve("patter.mv.db"), read(resources + "patter.mv.db"));
                return new Old(Map.of(), data, () -> Database.ofFile(data), null);
            }
            Postgres postgres = Postgres.start();
            try (Database database = postgres.database()) {
                database.change(new String(read(resources + "patter.sql"), StandardCharsets.UTF_8));
            }
            return new Old(postgres.settings(), folder, postgres::database, postgres);
        }

        /** Changes it as only an accident could. */
        void harm(String sql) {
            String url = "jdbc:h2:file:" + data.resolve("patter") + ";DB_CLOSE_DELAY=0";
            try (Database database = postgres == null ? Database.at(url, "", "") : postgres.database()) {
                database.change(sql);
            }
        }

        private static byte[] read(String resource) throws IOException {
            try (InputStream in = UpgradeIT.class.getResourceAsStream(resource)) {
                return in.readAllBytes();
            }
        }

        List<Path> copies() {
            try (Stream<Path> files = Files.list(data)) {
                return files.filter(file -> file.getFileName().toString().startsWith("patter-"))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    private static Map<String, String> texts(Old old) {
        try (Database database = old.open().get()) {
            return database.texts(CONVERSATION);
        }
    }

    private static long version(Old old) {
        try (Database database = old.open().get()) {
            return database.number("select max(cast(\"version\" as integer)) from \"flyway_schema_history\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, 1", "H2, 2", "H2, 3", "POSTGRESQL, 1", "POSTGRESQL, 2", "POSTGRESQL, 3"})
    void theDataOfAnEarlierPatterAreThere(Engine engine, int version, @TempDir Path folder) throws IOException {
        try (Old old = Old.of(engine, version, folder)) {
            Map<String, String> before = texts(old);
            assertTrue(before.get("r1-0").startsWith("Grüße 👩‍🚀"), before.toString());
            try (PatterServer server = PatterServer.start(folder, old.settings())) {
                Person ada = Person.known(server.address(), "ada");
                Talk talk = new Talk(ada, CONVERSATION);
                Map<Long, String> states = talk.shown().states();
                assertEquals(List.of(1L, 2L, 3L, 4L), List.copyOf(states.keySet()));
                assertTrue(talk.page().text().contains("Grüße 👩‍🚀: how do tides work?"));
                talk.send("One more: how do tides work?", "demo/demo").expect(204);
                Until.holds("the demo answers", () -> "done"
                        .equals(talk.shown().states().get(6L)));
                if (version >= 3) {
                    assertTrue(ada.get("/models").expect(200).html().text().contains("Old server"));
                }
            }
            Map<String, String> after = texts(old);
            before.forEach((run, text) -> assertEquals(text, after.get(run), run));
            assertTrue(version(old) >= 5);
        }
    }

    @Test
    void aCopyOfTheFileIsKept(@TempDir Path folder) throws IOException {
        try (Old old = Old.of(Engine.H2, 1, folder)) {
            Map<String, String> before = texts(old);
            PatterServer.start(folder, old.settings()).close();
            assertEquals(1, old.copies().size(), old.copies().toString());
            Path copy = old.copies().get(0);
            assertTrue(copy.getFileName().toString().startsWith("patter-V1-"), copy.toString());
            // Somebody goes back, by the name that the log gives.
            Path back = Files.createDirectories(folder.resolve("back"));
            Files.copy(copy, back.resolve("patter.mv.db"));
            Old again = new Old(Map.of(), back, () -> Database.ofFile(back), null);
            assertEquals(1, version(again));
            assertEquals(before, texts(again));
            byte[] upgraded = Files.readAllBytes(copy);
            PatterServer.start(folder, old.settings()).close();
            assertEquals(List.of(copy), old.copies(), "a further start copies nothing");
            assertArrayEquals(upgraded, Files.readAllBytes(copy));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStepThatFailsLeavesTheDataAsTheyWere(Engine engine, @TempDir Path folder) throws IOException {
        try (Old old = Old.of(engine, 1, folder)) {
            Map<String, String> before = texts(old);
            old.harm("create table api_token (id integer)");
            Refusal.of(folder, old.settings(), "already exists", "The data are as they were");
            assertEquals(1, version(old));
            assertEquals(before, texts(old));
            assertEquals(List.of(), old.copies());
            old.harm("drop table api_token");
            try (PatterServer server = PatterServer.start(folder, old.settings())) {
                Person.known(server.address(), "ada").get("/c/" + CONVERSATION).expect(200);
            }
            assertEquals(before, texts(old));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDataOfANewerPatterAreLeftAlone(Engine engine, @TempDir Path folder) throws IOException {
        try (Old old = Old.of(engine, 2, folder)) {
            old.harm("update \"flyway_schema_history\" set \"version\" = '999', \"installed_rank\" = 999"
                    + " where \"version\" = '2'");
            Refusal.of(folder, old.settings(), "newer Patter (its tables have version 999", "Use that Patter again");
            assertEquals(999, version(old));
        }
    }

    @Test
    void anUpgradeThatStoppedHalfWayIsToldOf(@TempDir Path folder) throws IOException {
        try (Old old = Old.of(Engine.H2, 2, folder)) {
            old.harm("update \"flyway_schema_history\" set \"success\" = false where \"version\" = '2'");
            Refusal.of(folder, old.settings(), "stopped half way", "Restore the last backup");
        }
    }
}
