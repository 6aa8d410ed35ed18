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
        String problem = Parameters.problemOf(parameters);
        if (!problem.isEmpty()) {
            throw new FormException(problem);
        }
        return new ModelForm(
                bounded("The name", form.text("label").strip(), LABEL),
                bounded("The system prompt", form.text("text").strip(), SYSTEM),
                number(form, "temperature", "The temperature", WARMEST, 2),
                effort(form.text("effort")),
                contextSize(form.text("context").strip()),
                number(form, "input", "The price of a prompt", DEAREST, DECIMALS),
                number(form, "output", "The price of an answer", DEAREST, DECIMALS),
                number(form, "cached", "The price of cached tokens", DEAREST, DECIMALS),
                bounded("The further parameters", parameters, PARAMETERS),
                fallbacks(form, model, known));
    }

    private static String bounded(String what, String text, int most) {
        if (text.length() > most) {
            throw new FormException(
                    String.format("%s may have at most %,d characters; this has %,d.", what, most, text.length()));
        }
        return text;
    }

    private static @Nullable BigDecimal number(
            FormData form, String field, String what, BigDecimal most, int decimals) {
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
        throw new FormException(String.format(
                "%s has to be a number from 0 to %s with at most %d decimals, like 0.15.",
                what, most.toPlainString(), decimals));
    }

    private static ReasoningEffort effort(String typed) {
        try {
            return typed.isEmpty() ? ReasoningEffort.UNASKED : ReasoningEffort.valueOf(typed);
        } catch (IllegalArgumentException e) {
            throw new FormException("Choose one of the reasoning efforts.");
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
        throw new FormException("The context size has to be a whole number of tokens, like 128000.");
    }

    private static List<String> fallbacks(FormData form, String model, Set<String> known) {
        Set<String> chosen = new LinkedHashSet<>();
        IntStream.rangeClosed(1, FALLBACKS)
                .mapToObj(at -> form.text("fallback" + at))
                .filter(id -> !id.isEmpty())
                .forEach(id -> {
                    if (id.equals(model)) {
                        throw new FormException("A model cannot be its own fall-back. Choose another one.");
                    }
                    if (!known.contains(id)) {
                        throw new FormException("One of the fall-backs is not there any more. Choose another one.");
                    }
                    chosen.add(id);
                });
        return List.copyOf(chosen);
    }
}
