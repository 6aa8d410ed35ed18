package app.patter.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calculator and the clock. */
class BuiltInTest {

    @ParameterizedTest
    @CsvSource({
        "1+1, 2",
        "0.1+0.2, 0.3",
        "2^100, 1267650600228229401496703205376",
        "(2+3)*4, 20",
        "17 % 5, 2",
        "FACT(5), 120"
    })
    void calculationsAreExact(String expression, String value) {
        assertEquals(value, Calculator.evaluate(expression).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1+", "1/0", "unknown(3)", "x", "FACT(1000000000)", "FACT(-1)", "\"a\"*3"})
    void whatCannotBeCalculatedIsSaid(String expression) {
        ToolAnswer answer = Calculator.evaluate(expression);
        assertTrue(answer.failed(), answer.text());
    }

    @Test
    void anEnormousNumberIsNotWrittenOut() {
        ToolAnswer answer = Calculator.evaluate("2^900000000");
        assertTrue(answer.text().length() < 100, "characters: " + answer.text().length());
        assertTrue(answer.text().contains("E+270926996"), answer.text());
    }

    @Test
    void theClockKnowsZonesAndSaysWhenItDoesNot() {
        Instant now = Instant.parse("2026-11-21T22:00:00Z");
        assertEquals(
                "Saturday, 2026-11-21 22:00:00 +00:00 (Z)", Clock.tell(now, "").text());
        assertEquals(
                "Saturday, 2026-11-21 23:00:00 +01:00 (Europe/Berlin)",
                Clock.tell(now, "Europe/Berlin").text());
        assertTrue(Clock.tell(now, "Atlantis").failed());
    }

    @Test
    void aCommandLineIsSplitIntoItsWords() {
        assertEquals(List.of("npx", "-y", "a b", "", "c"), ServerOfTools.words(" npx  -y 'a b' \"\" c "));
        assertEquals(List.of(), ServerOfTools.words("  "));
    }
}
