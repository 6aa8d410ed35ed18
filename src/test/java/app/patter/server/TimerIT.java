package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.upstream.LoopbackModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server whose timers are too coarse is told of, and streams smoothly all the same. Payara can be made coarse. */
@ExtendWith(SharedPatter.class)
class TimerIT {

    private static final String SETTING = "minimum-delivery-interval-in-millis";

    @Test
    void aServerWithCoarseTimersIsToldOfAndStreamsSmoothly(@TempDir Path folder) throws IOException {
        List<String> shipped =
                Files.readAllLines(AppServer.files("../payara-config").resolve("pre-boot.asadmin")).stream()
                        .filter(line -> !line.contains(SETTING))
                        .toList();
        Folders.write(folder.resolve("pre-boot.asadmin"), String.join("\n", shipped) + "\n");
        try (LoopbackModel model = LoopbackModel.start();
                PatterServer server = PatterServer.start(
                        folder,
                        Map.of("PATTER_OPENAI_URL", model.base().toString(), "PATTER_OPENAI_MODEL", "as-asked"))) {
            Until.holds("the log names the setting", () -> server.log().contains(SETTING + "=1"));
            Talk talk = Person.first(server.address(), "ada").begin("[no-done]", SharedPatter.AS_ASKED);
            try (EventReader reader = talk.follow().connect()) {
                Until.holds("the stream is open", reader::received);
                talk.send("[words-200-at-50]", SharedPatter.AS_ASKED).expect(204);
                reader.awaitEnd(4);
                assertTrue(reader.frames().size() > 12, reader.frames().size() + " frames in four seconds");
            }
        }
    }

    @Test
    void aServerSetUpAsDocumentedIsNotWarnedOf() {
        Until.holds("it has started", () -> SharedPatter.server().log().contains("Patter is ready"));
        assertFalse(SharedPatter.server().log().contains(SETTING));
        assertEquals(200, SharedPatter.administrator().get("/").status());
    }
}
