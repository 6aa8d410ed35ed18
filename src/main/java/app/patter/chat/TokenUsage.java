package app.patter.chat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What an answer has used so far, over all calls of models that it took, in their providers' tokens.
 *
 * @param input     tokens of prompts, those in {@code cached} included
 * @param output    tokens written, those in {@code reasoning} included
 * @param cached    tokens of prompts that a provider had in its cache; 0 if none says so
 * @param reasoning tokens of the answer spent on reasoning; 0 if no provider says so
 * @param cost      by the prices that stood then; null if one of the models has none
 */
public record TokenUsage(
        long input,
        long output,
        long cached,
        long reasoning,
        @Nullable BigDecimal cost) {

    /** Decimals that are kept of a cost. */
    private static final int SCALE = 10;

    /** More than any answer can use: what a provider counts is not to be trusted, and the database has room for this. */
    private static final long MOST = 1_000_000_000_000L;

    private static final BigDecimal HIGHEST_COST = BigDecimal.valueOf(9_999_999_999L);

    private static final MathContext SHOWN = new MathContext(2, RoundingMode.HALF_UP);

    public TokenUsage {
        input = bounded(input);
        output = bounded(output);
        cached = bounded(cached);
        reasoning = bounded(reasoning);
        cost = cost == null ? null : cost.min(HIGHEST_COST);
    }

    private static long bounded(long count) {
        return Math.max(0, Math.min(MOST, count));
    }

    /**
     * Adds a call.
     *
     * @param before null before the first call
     * @param call   what it used; its cost is ignored
     * @param prices of the model that was called; null if unknown
     */
    public static TokenUsage of(@Nullable TokenUsage before, TokenUsage call, @Nullable Prices prices) {
        BigDecimal cost = prices == null ? null : prices.of(call).setScale(SCALE, RoundingMode.HALF_UP);
        if (before == null) {
            return new TokenUsage(call.input(), call.output(), call.cached(), call.reasoning(), cost);
        }
        return new TokenUsage(
                before.input + call.input(),
                before.output + call.output(),
                before.cached + call.cached(),
                before.reasoning + call.reasoning(),
                cost == null || before.cost == null ? null : before.cost.add(cost));
    }

    /** The cost as people read it, in cents, or in two digits of what is less; empty if there is none. */
    public String shownCost() {
        if (cost == null) {
            return "";
        }
        BigDecimal cents = cost.setScale(2, RoundingMode.HALF_UP);
        return (cents.signum() == 0 || cost.compareTo(BigDecimal.ONE) < 0
                        ? cost.round(SHOWN).stripTrailingZeros()
                        : cents)
                .toPlainString();
    }
}
