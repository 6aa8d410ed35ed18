package app.patter.model;

import app.patter.provider.Parameters;
import app.patter.provider.ReasoningEffort;
import app.patter.web.FormData;
import app.patter.web.FormException;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What an administrator says about a model, checked; as in {@link ModelSettings}. */
record ModelForm(
        String label,
        String system,
        @Nullable BigDecimal temperature,
        ReasoningEffort effort,
        @Nullable Long contextSize,
        @Nullable BigDecimal inputPrice,
        @Nullable BigDecimal outputPrice,
        @Nullable BigDecimal cachedPrice,
        String parameters,
        List<String> fallbacks) {

    /** Most fall-backs of a model. */
    static final int FALLBACKS = 3;

    private static final int LABEL = 100;
    private static final int SYSTEM = 20_000;
    private static final int PARAMETERS = 4_000;
    private static final int DECIMALS = 4;
    private static final BigDecimal WARMEST = BigDecimal.valueOf(2);
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);
    private static final long LARGEST_CONTEXT = 1_000_000_000;

    /**
     * Reads the form that was posted.
     *
     * @param model id of the model
     * @param known ids of the models that there are
     * @throws FormException if it cannot be taken
     */
    static ModelForm of(FormData form, String model, Set<String> known) {
        String parameters = form.text("parameters").strip();
        checkParameters(parameters);
        return new ModelForm(
                bounded(ModelText.FIELD_NAME, form.text("label").strip(), LABEL),
                bounded(ModelText.FIELD_PROMPT, form.text("text").strip(), SYSTEM),
                number(form, "temperature", ModelText.FIELD_TEMPERATURE, WARMEST, 2),
                effort(form.text("effort")),
                contextSize(form.text("context").strip()),
                number(form, "input", ModelText.FIELD_INPUT, DEAREST, DECIMALS),
                number(form, "output", ModelText.FIELD_OUTPUT, DEAREST, DECIMALS),
                number(form, "cached", ModelText.FIELD_CACHED, DEAREST, DECIMALS),
                bounded(ModelText.FIELD_PARAMETERS, parameters, PARAMETERS),
                fallbacks(form, model, known));
    }

    private static void checkParameters(String typed) {
        if (typed.isEmpty()) {
            return;
        }
        if (!Parameters.isObject(typed)) {
            throw new FormException(ModelText.NO_PARAMETERS.with("{\"top_p\": 0.9}"));
        }
        Parameters.ownField(typed).ifPresent(name -> {
            throw new FormException(ModelText.OWN_PARAMETER.with(name));
        });
    }

    private static String bounded(ModelText what, String text, int most) {
        if (text.length() > most) {
            throw new FormException(ModelText.LENGTH.with(what.with(), most, text.length()));
        }
        return text;
    }

    private static @Nullable BigDecimal number(
            FormData form, String field, ModelText what, BigDecimal most, int decimals) {
        String typed = form.text(field).strip();
        if (typed.isEmpty()) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(typed.length() > 20 ? "no" : typed);
            if (number.signum() >= 0
                    && number.compareTo(most) <= 0
                    && number.stripTrailingZeros().scale() <= decimals) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, together with a number out of bounds
        }
        throw new FormException(ModelText.NUMBER.with(what.with(), most.toPlainString(), decimals));
    }

    private static ReasoningEffort effort(String typed) {
        try {
            return typed.isEmpty() ? ReasoningEffort.UNASKED : ReasoningEffort.valueOf(typed);
        } catch (IllegalArgumentException e) {
            throw new FormException(ModelText.EFFORT.with());
        }
    }

    private static @Nullable Long contextSize(String typed) {
        if (typed.isEmpty()) {
            return null;
        }
        try {
            long size = Long.parseLong(typed);
            if (size > 0 && size <= LARGEST_CONTEXT) {
                return size;
            }
        } catch (NumberFormatException e) {
            // answered below, together with a number out of bounds
        }
        throw new FormException(ModelText.CONTEXT.with());
    }

    private static List<String> fallbacks(FormData form, String model, Set<String> known) {
        Set<String> chosen = new LinkedHashSet<>();
        IntStream.rangeClosed(1, FALLBACKS)
                .mapToObj(at -> form.text("fallback" + at))
                .filter(id -> !id.isEmpty())
                .forEach(id -> {
                    if (id.equals(model)) {
                        throw new FormException(ModelText.OWN_FALLBACK.with());
                    }
                    if (!known.contains(id)) {
                        throw new FormException(ModelText.LOST_FALLBACK.with());
                    }
                    chosen.add(id);
                });
        return List.copyOf(chosen);
    }
}
