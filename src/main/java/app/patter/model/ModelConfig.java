package app.patter.model;

import app.patter.chat.Prices;
import app.patter.provider.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator has said about one model.
 *
 * @param model its id, as {@link Model#id()}
 * @param label name shown to people; empty for its usual one
 * @param hidden whether it is not offered
 * @param pinned whether it comes before the models of its server that are not, in the order of the tunings
 * @param system what it is told before every conversation; empty for nothing
 * @param prices null if unknown
 * @param fallbacks ids of the models to ask when it fails, in this order; not modifiable
 */
public record ModelConfig(
        String model,
        String label,
        boolean hidden,
        boolean pinned,
        String system,
        Parameters parameters,
        @Nullable Prices prices,
        List<String> fallbacks) {

    public ModelConfig {
        fallbacks = List.copyOf(fallbacks);
    }

    /** One that changes nothing. */
    static ModelConfig none(String model) {
        return new ModelConfig(model, "", false, false, "", Parameters.NONE, null, List.of());
    }
}
