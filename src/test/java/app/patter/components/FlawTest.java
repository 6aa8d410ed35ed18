package app.patter.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlawTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1.2.3, 0",
        "1.2.10, 1.2.9, 1",
        "1.2, 1.2.0, 0",
        "3.1.5.RELEASE, 3.1.6, -1",
        "3.1.6.RELEASE, 3.1.6, 0",
        "2.21, 2.21.8, -1",
        "11.14.0, 11.4.0, 1"
    })
    void versionsAreComparedByTheirNumbers(String one, String other, int sign) {
        assertEquals(sign, Integer.signum(Flaw.compare(one, other)));
        assertEquals(-sign, Integer.signum(Flaw.compare(other, one)));
    }

    @Test
    void aFlawIsInTheVersionsFromItsFirstToItsEnd() {
        Flaw flaw = new Flaw("a:b", "2.0", "2.3", "", "");
        assertFalse(flaw.isIn("a:b", "1.9"));
        assertTrue(flaw.isIn("a:b", "2.0"));
        assertTrue(flaw.isIn("a:b", "2.2.99"));
        assertFalse(flaw.isIn("a:b", "2.3"));
        assertFalse(flaw.isIn("a:c", "2.0"));
    }

    @Test
    void noServerThatPatterIsTestedOnHasAFlawWithoutAReason() throws IOException {
        List<Flaw> known = Flaw.known();
        try (Stream<Path> folders = Files.list(Path.of("servers"))) {
            for (Path file : folders.map(folder -> folder.resolve("server.properties"))
                    .filter(Files::exists)
                    .toList()) {
                Properties server = new Properties();
                try (var lines = Files.newBufferedReader(file)) {
                    server.load(lines);
                }
                String[] artifact = server.getProperty("server.artifact").split(":");
                known.stream()
                        .filter(flaw -> flaw.isIn(artifact[0] + ":" + artifact[1], artifact[2]))
                        .forEach(flaw -> assertFalse(flaw.borne().isEmpty(), flaw::toString));
            }
        }
    }
}
