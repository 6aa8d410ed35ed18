package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start that cannot succeed ends with one line that names the cause and the mend, whatever the server makes of it. What
 * the line says in which case is tested without a server, in {@code StartupCheckTest} and {@code SchemaIT}.
 */
class StartIT {

    @TempDir
    private Path folder;

    private void refuses(Map<String, String> settings, int status, String cause, String mend) {
        String log = Refusal.of(folder, settings, status, cause, mend);
        assertFalse(log.contains("\tat "), log);
    }

    @Test
    void aSettingThatCannotBeUsed() {
        refuses(
                Map.of("PATTER_SAVE_INTERVAL", "soon"),
                Refusal.NEEDS_A_PERSON,
                "PATTER_SAVE_INTERVAL",
                "from 1 to 10000");
    }

    @Test
    void aDatabaseThatIsAway() {
        String nowhere = "jdbc:postgresql://127.0.0.1:" + PatterServer.freePort() + "/patter";
        refuses(
                Map.of("PATTER_DB_URL", nowhere, "PATTER_DB_WAIT", "1000"),
                Refusal.MAY_PASS,
                "refused",
                "Check that the database runs");
    }

    @Test
    @Tag("long")
    void aDataFolderThatAnotherProcessUses() {
        Path data = folder.resolve("data");
        try (Database held = Database.at("jdbc:h2:file:" + data.resolve("patter"), "", "")) {
            refuses(Map.of(), Refusal.MAY_PASS, "already in use", "Is another Patter using the folder " + data);
            assertEquals(1, held.number("select 1"), "it is not disturbed");
        }
    }

    /** As the server ships: it goes on without Patter, and adds its own words to Patter's line. */
    @Test
    void aServerThatPatterDoesNotHaveToItself() {
        Map<String, String> settings = Map.of("PATTER_OWN_PROCESS", "off", "PATTER_SAVE_INTERVAL", "soon");
        try (PatterServer server = PatterServer.of(folder, settings)) {
            server.launch();
            Until.holds(
                    "the line is there",
                    Duration.ofMinutes(5),
                    () -> !Refusal.said(server).isEmpty() || !server.isAlive());
            List<String> said = Refusal.said(server);
            server.kill(); // an orderly end would wait for what has failed
            assertAll(
                    () -> assertEquals(1, said.size(), server.log()),
                    () -> assertTrue(said.get(0).contains("PATTER_SAVE_INTERVAL"), said.get(0)),
                    () -> assertTrue(said.get(0).contains("from 1 to 10000"), said.get(0)));
        }
    }

    @Test
    void aDatabaseThatComesLaterIsWaitedFor() {
        try (Postgres postgres = Postgres.start()) {
            postgres.down();
            try (PatterServer server = PatterServer.of(folder, postgres.settings())) {
                server.launch();
                Until.holds(
                        "it waits", Duration.ofMinutes(3), () -> server.log().contains("Waiting for the database"));
                postgres.up();
                server.awaitReady();
            }
        }
    }
}
