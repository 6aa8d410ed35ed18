package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.database.Begun;
import app.patter.server.Database;
import app.patter.server.Postgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last save of all, in a server that has stopped the application's class loader already. */
class ShutdownSaveIT {

    @Test
    void theLastSaveNeedsNoFurtherClassWithTheEmbeddedDatabase(@TempDir Path data) {
        saves(Map.of("PATTER_DATA", data.toString()), () -> Database.ofFile(data));
    }

    @Test
    void theLastSaveNeedsNoFurtherClassWithPostgres() {
        try (Postgres postgres = Postgres.start()) {
            saves(postgres.settings(), postgres::database);
        }
    }

    private static void saves(Map<String, String> settings, Supplier<Database> opened) {
        Begun process = Begun.of(ShutdownSaveWithoutLoader.class, settings);
        assertEquals(0, process.status(), process.log());
        try (Database database = opened.get()) {
            Database.Row message = database.last(ShutdownSaveWithoutLoader.CONVERSATION);
            assertEquals("INTERRUPTED", message.state());
            assertEquals(
                    Map.of("r1-0", ShutdownSaveWithoutLoader.REASONING, "r1-1", ShutdownSaveWithoutLoader.TEXT),
                    database.texts(ShutdownSaveWithoutLoader.CONVERSATION));
            assertEquals(5, database.revision(ShutdownSaveWithoutLoader.CONVERSATION));
            assertEquals(2, database.number("select output_tokens from message where id = ?", message.id()));
        }
    }
}
