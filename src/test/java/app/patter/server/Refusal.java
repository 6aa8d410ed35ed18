package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Patter that does not start, and says in one line why and what to do. */
final class Refusal {

    /** The end of a process whose start needs a person; supervisors are told not to try again. */
    static final int NEEDS_A_PERSON = 78;

    /** The end of a process whose next start may succeed. */
    static final int MAY_PASS = 1;

    private Refusal() {}

    /** Starts it and waits for its end; its log. */
    static String of(Path folder, Map<String, String> settings, int status, String cause, String mend) {
        try (PatterServer server = PatterServer.of(folder, settings)) {
            server.launch();
            Until.holds("the process ends", Duration.ofMinutes(5), () -> !server.isAlive());
            List<String> said = said(server);
            assertAll(
                    () -> assertEquals(status, server.exitStatus()),
                    () -> assertEquals(1, said.size(), server.log()),
                    () -> assertTrue(said.get(0).contains(cause), said.get(0)),
                    () -> assertTrue(said.get(0).contains(mend), said.get(0)));
            return server.log();
        }
    }

    /** The lines of its log that say why it does not start. */
    static List<String> said(PatterServer server) {
        return server.log()
                .lines()
                .filter(line -> line.contains("Patter does not start."))
                .toList();
    }
}
