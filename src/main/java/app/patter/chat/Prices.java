package app.patter.chat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, in whatever currency the administrator thinks in.
 *
 * @param input  of a million tokens of a prompt
 * @param output of a million tokens of an answer
 * @param cached of a million tokens of a prompt that the provider had in its cache; null for the same as others
 */
public record Prices(
        BigDecimal input, BigDecimal output, @Nullable BigDecimal cached) {

    private static final int MILLION = 6;

    /** What a call has cost. */
    public BigDecimal of(TokenUsage usage) {
        BigDecimal again = cached == null ? input : cached;
        long read = Math.min(usage.cached(), usage.input());
        return input.multiply(BigDecimal.valueOf(usage.input() - read))
                .add(again.multiply(BigDecimal.valueOf(read)))
                .add(output.multiply(BigDecimal.valueOf(usage.output())))
                .movePointLeft(MILLION);
    }
}
