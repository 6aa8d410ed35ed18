package app.patter.model;

import app.patter.config.Setting;
import app.patter.config.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say about models.
 *
 * @param configured whether they name a server; without one they say nothing else
 * @param wanted name of the model that comes first on that server; null for none
 * @param reasoning whether its models are to reason
 * @param fallbacks ids of the models that are asked when one fails; not modifiable
 */
record ModelDefaults(boolean configured, @Nullable String wanted, boolean reasoning, List<String> fallbacks) {

    private static final Logger LOG = System.getLogger(ModelDefaults.class.getName());

    /** Warns about what is set in vain. */
    static ModelDefaults of(Settings settings) {
        if (settings.address(Setting.MODEL_URL).isEmpty()) {
            warn(settings);
            return new ModelDefaults(false, null, false, List.of());
        }
        return new ModelDefaults(
                true,
                settings.text(Setting.MODEL).orElse(null),
                settings.on(Setting.MODEL_REASONING),
                ids(settings.text(Setting.MODEL_FALLBACKS).orElse("")));
    }

    private static void warn(Settings settings) {
        if (settings.text(Setting.MODEL_KEY).isPresent()) {
            LOG.log(Level.WARNING, "PATTER_MODEL_KEY is set without PATTER_MODEL_URL and therefore not used");
        }
        if (!settings.choice(Setting.MODEL_API).equals(Setting.MODEL_API.standard())) {
            LOG.log(Level.WARNING, "PATTER_MODEL_API is set without PATTER_MODEL_URL and therefore not used");
        }
    }

    private static List<String> ids(String separated) {
        return Arrays.stream(separated.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> new ModelId(ModelServerFactory.CONFIGURED, name).toString())
                .toList();
    }
}
