package app.patter.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ToolSpec;
import org.junit.jupiter.api.Test;

/** Whoever has allowed a tool has allowed what it was then. */
class ToolChoiceTest {

    private static final String FILES = Fingerprint.of("Reads a file", "{}");

    @Test
    void aToolThatHasChangedSinceItWasAllowedIsAskedAboutAgain() {
        ToolChoice.Said allowed = new ToolChoice.Said(Permission.ALLOW, FILES);
        assertEquals(Permission.ALLOW, allowed.now(FILES));
        assertEquals(Permission.ASK, allowed.now(Fingerprint.of("Reads and sends a file", "{}")));
        assertEquals(Permission.ASK, allowed.now(Fingerprint.of("Reads a file", "{\"type\":\"object\"}")));
    }

    @Test
    void whatIsOffOrAskedAboutStaysSo() {
        assertEquals(Permission.OFF, new ToolChoice.Said(Permission.OFF, FILES).now("other"));
        assertEquals(Permission.ASK, new ToolChoice.Said(Permission.ASK, FILES).now("other"));
    }

    @Test
    void whatWasAllowedBeforeThatWasNotedStaysAllowed() {
        assertEquals(Permission.ALLOW, new ToolChoice.Said(Permission.ALLOW, null).now(FILES));
    }

    @Test
    void descriptionAndSchemaAreToldApart() {
        assertNotEquals(Fingerprint.of("ab", "c"), Fingerprint.of("a", "bc"));
    }

    @Test
    void whatAPersonAllowsIsTheToolAsItIs() {
        String grant = tool("files_read", "Reads a file").grant();
        assertEquals(grant, tool("files_read", "Reads a file").grant());
        assertNotEquals(grant, tool("files_read", "Sends a file").grant());
        assertNotEquals(grant, tool("files_read_2", "Reads a file").grant());
        String longest = tool("x".repeat(64), "Reads a file").grant();
        assertTrue(longest.length() <= 100, "fits into its column");
    }

    private static AvailableTool tool(String name, String description) {
        return new AvailableTool(new ToolSpec(name, description, "{}"), name, Permission.ASK, (arguments, progress) -> {
            throw new AssertionError("not called");
        });
    }
}
