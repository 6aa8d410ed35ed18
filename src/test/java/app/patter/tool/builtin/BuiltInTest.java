package app.patter.tool.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolServer;
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
        "2^53, 9007199254740992",
        "2^100, 1.26765060022823E+30",
        "FACT(20)/7, 347557429739520000",
        "(2+3)*4, 20",
        "17 % 5, 2",
        "FACT(5), 120",
        "-2^2, 4",
        "CEILING(2.1)+FLOOR(2.9), 5",
        "'ROUND(2/3, 3)', 0.667",
        "'ROUND(1234567, -3)', 1235000",
        "'IF(1 > 2, 1/0, MAX(3, 4))', 4",
        "1 > 2 && 1/0 > 1, 0",
        "2*3 >= 6 || 1/0 > 1, 1",
        "1 != 1 || 2 <= 1, 0",
        "2^-1 + 1.5E-1 + 1e+2 + 2E3, 2100.65",
        "1/3, 0.333333333333333",
        "2 * -3 - -1, -5",
        "Sqrt(16) + max(1; 3) + LOG10(1000), 10",
        "SIN(PI/2) + LN(E), 2",
        "10/4, 2.5",
        "1E-9, 0.000000001",
        "0.1*3 == 0.3, 0"
    })
    void calculationsShowWhatPeopleExpect(String expression, String value) {
        assertEquals(value, Calculator.evaluate(expression).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1+",
                "1/0",
                "unknown(3)",
                "x",
                "FACT(1000000000)",
                "FACT(-1)",
                "\"a\"*3",
                "SQRT(-1)",
                "1 2",
                "(1",
                "1)",
                "MAX()",
                "IF(1)",
                "0x10",
                "1d",
                "NaN",
                "1/0 > 1",
                "2^900000000"
            })
    void whatCannotBeCalculatedIsSaid(String expression) {
        ToolAnswer answer = Calculator.evaluate(expression);
        assertTrue(answer.failed(), answer.text());
    }

    /** Each of these is long when it is calculated digit by digit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CEILING(10^4000000)",
                "FLOOR(2.5*10^3000000)",
                "CEILING(2^20000000)",
                "FLOOR(1E900000000)",
                "SQRT(1E900000000)",
                "10^4000000 % 7",
                "0.5^(10^4000000)",
                "ROUND(1, 1000000000)",
                "ROUND(1, 1E900000000)",
                "STR_FORMAT(\"%999999999d\", 1)"
            })
    void whatWouldTakeForEverIsRefused(String expression) {
        ToolAnswer answer = Calculator.evaluate(expression);
        assertTrue(answer.failed(), answer.text());
        assertTrue(answer.text().length() < 300, answer.text());
    }

    @Test
    void nestingIsNoDanger() {
        assertEquals(
                "1",
                Calculator.evaluate("(".repeat(499) + "1" + ")".repeat(499)).text());
        assertEquals("1", Calculator.evaluate("-".repeat(998) + "1").text());
    }

    @Test
    void theClockKnowsZonesAndSaysWhenItDoesNot() {
        Instant now = Instant.parse("2026-11-21T22:00:00Z");
        assertEquals(
                "Saturday, 2026-11-21 22:00:00 +00:00 (Z)", Clock.at(now, "").text());
        assertEquals(
                "Saturday, 2026-11-21 23:00:00 +01:00 (Europe/Berlin)",
                Clock.at(now, "Europe/Berlin").text());
        assertTrue(Clock.at(now, "Atlantis").failed());
    }

    @Test
    void aCommandLineIsSplitIntoItsWords() {
        assertEquals(List.of("npx", "-y", "a b", "", "c"), ToolServer.words(" npx  -y 'a b' \"\" c "));
        assertEquals(List.of(), ToolServer.words("  "));
    }
}
