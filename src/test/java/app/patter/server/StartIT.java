package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot succeed ends with one line that names the cause and the mend. */
@ExtendWith(SharedPatter.class)
class StartIT {

    @TempDir
    private Path folder;

    private void refuses(Map<String, String> settings, String cause, String mend) {
        String log = Refusal.of(folder, settings, cause, mend);
        assertFalse(log.contains("\tat "), log);
    }

    @Test
    void aSettingThatCannotBeUsed() {
        refuses(Map.of("PATTER_SAVE_INTERVAL", "soon"), "PATTER_SAVE_INTERVAL", "from 1 to 10000");
    }

    @Test
    void aDatabaseThatIsAway() {
        String nowhere = "jdbc:postgresql://127.0.0.1:" + PatterServer.freePort() + "/patter";
        refuses(Map.of("PATTER_DB_URL", nowhere, "PATTER_DB_WAIT", "1000"), "refused", "Check that the database runs");
    }

    @Test
    void aDatabaseUserWithoutRights() {
        try (Postgres postgres = Postgres.start()) {
            postgres.execute("create role stranger login");
            Map<String, String> settings = new HashMap<>(postgres.settings());
            settings.put("PATTER_DB_USER", "stranger");
            refuses(settings, "permission denied", "Give the database's user the right");
        }
    }

    @Test
    void aDataFolderThatCannotBeMade() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refuses(Map.of("PATTER_DATA", file.resolve("data").toString()), "cannot be written", "PATTER_DATA");
    }

    @Test
    void aDataFolderThatAnotherPatterUses() {
        try (PatterServer first = PatterServer.start(folder.resolve("first"), Map.of())) {
            refuses(
                    Map.of(
                            "PATTER_DATA",
                            folder.resolve("first").resolve("data").toString()),
                    "already in use",
                    "Is another Patter using the folder");
            assertTrue(first.isAlive());
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
