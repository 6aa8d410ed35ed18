package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelDefaultsTest {

    private static ModelDefaults of(Map<String, String> environment) {
        return ModelDefaults.of(new Settings(environment::get, name -> null));
    }

    @Test
    void theSettingsNameAModelAndItsFallbacks() {
        assertEquals(
                new ModelDefaults(true, "m", true, List.of("openai/n", "openai/x/y")),
                of(Map.of(
                        "PATTER_MODEL_URL", "http://host/v1",
                        "PATTER_MODEL", "m",
                        "PATTER_MODEL_REASONING", "on",
                        "PATTER_MODEL_FALLBACKS", "n, x/y,, ")));
    }

    @Test
    void withoutAServerTheyAreNotUsed() {
        assertEquals(
                new ModelDefaults(false, null, false, List.of()),
                of(Map.of("PATTER_MODEL", "m", "PATTER_MODEL_REASONING", "on", "PATTER_MODEL_FALLBACKS", "n")));
    }
}
