package app.patter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void theEnvironmentWinsOverPropertiesAndThoseOverTheDefault() {
        assertEquals(50, settings(Map.of(), Map.of()).number(Setting.SAVE_INTERVAL));
        Map<String, String> property = Map.of("patter.save.interval", "70");
        assertEquals(70, settings(Map.of(), property).number(Setting.SAVE_INTERVAL));
        assertEquals(
                90, settings(Map.of("PATTER_SAVE_INTERVAL", "90"), property).number(Setting.SAVE_INTERVAL));
        assertEquals(70, settings(Map.of("PATTER_SAVE_INTERVAL", " "), property).number(Setting.SAVE_INTERVAL));
    }

    @Test
    void aFormerNameStillWorksAndTheNewOneWins() {
        Map<String, String> former = Map.of("PATTER_OPENAI_URL", "http://old/v1");
        assertEquals(
                Optional.of(URI.create("http://old/v1/")),
                settings(former, Map.of()).address(Setting.MODEL_URL));
        assertEquals(List.of(Setting.MODEL_URL), settings(former, Map.of()).underFormerNames());
        assertEquals(
                "agent",
                settings(Map.of(), Map.of("patter.openai.dialect", "agent")).choice(Setting.MODEL_API));

        Settings both = settings(former, Map.of("patter.model.url", "http://new/v1"));
        assertEquals(Optional.of(URI.create("http://new/v1/")), both.address(Setting.MODEL_URL));
        assertEquals(List.of(), both.underFormerNames());
    }

    @Test
    void aWrongValueIsRefusedByNameWithWhatIsAllowed() {
        for (String wrong : new String[] {"fast", "0", "-1", "10001", "1.5"}) {
            String message = refusal(Map.of("PATTER_SAVE_INTERVAL", wrong));
            assertTrue(message.contains("PATTER_SAVE_INTERVAL") && message.contains("1 to 10000"), message);
        }
        assertTrue(refusal(Map.of("PATTER_TOOL_COMMANDS", "yes")).contains("on or off"));
        assertTrue(refusal(Map.of("PATTER_MODEL_API", "claude")).contains("anthropic, gemini"));
        assertTrue(refusal(Map.of("PATTER_MODEL_URL", "localhost:11434")).contains("http://"));
    }

    @Test
    void aSecretIsNeverPartOfAMessage() {
        assertFalse(refusal(Map.of("PATTER_MODEL_KEY", "s3cret", "PATTER_TOOL_COMMANDS", "?"))
                .contains("s3cret"));
        String message = refusal(Map.of("PATTER_SECRET_KEY", "s3cret"));
        assertFalse(message.contains("s3cret"), message);
        assertTrue(message.contains("32 characters or more"), message);
    }

    @Test
    void addressesEndWithASlash() {
        assertEquals(
                Optional.of(URI.create("http://host/v1/")),
                settings(Map.of("PATTER_MODEL_URL", "http://host/v1"), Map.of()).address(Setting.MODEL_URL));
    }

    @Test
    void theTableInTheDocumentationIsThisList() throws IOException {
        String table = Stream.of(Setting.values())
                .map(setting -> String.format(
                        "| `%s` | %s | %s |",
                        setting.variable(),
                        setting.standard() == null ? "" : ("`" + setting.standard() + "` " + setting.unit()).strip(),
                        setting.meaning()))
                .collect(Collectors.joining("\n"));
        String documented;
        try (Stream<String> lines = Files.lines(Path.of("docs/settings.md"))) {
            documented = lines.filter(line -> line.startsWith("|")).skip(2).collect(Collectors.joining("\n"));
        }
        assertEquals(table, documented, "the table in docs/settings.md");
    }

    private static String refusal(Map<String, String> environment) {
        return String.valueOf(assertThrows(SettingException.class, () -> settings(environment, Map.of())
                        .check())
                .getMessage());
    }

    private static Settings settings(Map<String, String> environment, Map<String, String> properties) {
        return new Settings(environment::get, properties::get);
    }
}
