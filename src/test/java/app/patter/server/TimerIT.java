package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Patter measures of the server's timers, and that text comes smoothly whatever it finds. */
@ExtendWith(SharedPatter.class)
class TimerIT {

    private static final String SETTING = "minimum-delivery-interval-in-millis";
    private static final Pattern MEASURED = Pattern.compile("EJB timers of (\\d+) ms fire after (\\d+) ms");

    /** A text of four seconds, which the shortest interval would cut into eighty frames; a busy machine takes longer. */
    private static final String TEXT = "[words-200-at-50]";

    @Test
    void aServerSetUpAsDocumentedFiresInTimeAndStreamsSmoothly() {
        PatterServer server = SharedPatter.server();
        Until.holds("it has measured", () -> measured(server).find());
        Matcher measured = measured(server);
        assertTrue(measured.find());
        long asked = Long.parseLong(measured.group(1));
        long soonest = Long.parseLong(measured.group(2));
        assertEquals(50, asked, "the interval in force");
        assertTrue(soonest <= 2 * asked + 50, measured.group());
        assertFalse(server.log().contains(SETTING), "a warning");
        assertSmooth(SharedPatter.person().begin("[no-done]", SharedPatter.AS_ASKED));
    }

    private static Matcher measured(PatterServer server) {
        return MEASURED.matcher(server.log());
    }

    /** Coarse timers bring one frame a second, and the first and the last. */
    private static void assertSmooth(Talk talk) {
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("the stream is open", reader::received);
            long began = System.nanoTime();
            talk.send(TEXT, SharedPatter.AS_ASKED).expect(204);
            reader.awaitEnd(4);
            double seconds = (System.nanoTime() - began) / 1e9;
            int frames = reader.frames().size();
            assertTrue(frames > 3 * seconds + 3, frames + " frames in " + seconds + " s");
        }
    }

    /** Only Payara is started with a file that can leave the setting out. */
    @Test
    @Tag("payara")
    void aServerWithCoarseTimersIsToldOfAndStreamsSmoothly(@TempDir Path folder) throws IOException {
        List<String> shipped =
                Files.readAllLines(AppServer.files("../payara-config").resolve("pre-boot.asadmin")).stream()
                        .filter(line -> !line.contains(SETTING))
                        .toList();
        Folders.write(folder.resolve("pre-boot.asadmin"), String.join("\n", shipped) + "\n");
        try (LoopbackModel model = LoopbackModel.start();
                PatterServer server = PatterServer.start(
                        folder, Map.of("PATTER_MODEL_URL", model.base().toString(), "PATTER_MODEL", "as-asked"))) {
            Until.holds("the log names the setting", () -> server.log().contains(SETTING + "=1"));
            Matcher measured = measured(server);
            assertTrue(measured.find(), "the log says what was measured");
            assertTrue(Long.parseLong(measured.group(2)) > 500, measured.group());
            assertSmooth(Person.first(server.address(), "ada").begin("[no-done]", SharedPatter.AS_ASKED));
        }
    }
}
