package app.patter.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenUsageTest {

    private static final Prices PRICES = new Prices(new BigDecimal("3"), new BigDecimal("15"), new BigDecimal("0.3"));
    private static final TokenUsage CALL = new TokenUsage(1_000_000, 200_000, 400_000, 150_000, null);

    @Test
    void cachedTokensHaveAPriceOfTheirOwn() {
        assertEquals(0, new BigDecimal("4.92").compareTo(PRICES.of(CALL)));
        Prices same = new Prices(PRICES.input(), PRICES.output(), null);
        assertEquals(0, new BigDecimal("6").compareTo(same.of(CALL)));
    }

    @Test
    void moreCachedTokensThanTokensInMakeNoNegativeCost() {
        Prices onlyIn = new Prices(PRICES.input(), BigDecimal.ZERO, BigDecimal.ZERO);
        assertEquals(0, onlyIn.of(new TokenUsage(5, 0, 9, 0, null)).signum());
    }

    @Test
    void callsAddUp() {
        TokenUsage two = TokenUsage.of(TokenUsage.of(null, CALL, PRICES), new TokenUsage(1, 2, 0, 1, null), PRICES);
        assertEquals(1_000_001, two.input());
        assertEquals(200_002, two.output());
        assertEquals(400_000, two.cached());
        assertEquals(150_001, two.reasoning());
        assertEquals(new BigDecimal("4.9200330000"), two.cost());
    }

    @Test
    void aCallWithoutAPriceLeavesNoCostThatWouldBeTooLow() {
        TokenUsage unknown = TokenUsage.of(TokenUsage.of(null, CALL, PRICES), CALL, null);
        assertNull(unknown.cost());
        assertNull(TokenUsage.of(unknown, CALL, PRICES).cost());
        assertEquals(3_000_000, TokenUsage.of(unknown, CALL, PRICES).input());
    }

    @Test
    void figuresThatNoAnswerCanHaveFitIntoTheDatabase() {
        Prices high = new Prices(new BigDecimal("99999999"), new BigDecimal("99999999"), null);
        TokenUsage all = null;
        for (long count : new long[] {Long.MAX_VALUE, 9_000_000_000_000_000_000L, Long.MIN_VALUE, -1}) {
            all = TokenUsage.of(all, new TokenUsage(count, count, count, count, null), high);
            assertTrue(all.input() >= 0 && all.input() <= 1_000_000_000_000L, all.toString());
            assertTrue(all.cost().precision() - all.cost().scale() <= 10, all.toString());
            assertTrue(all.cost().signum() >= 0, all.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"12.3456, 12.35", "1, 1.00", "0.994, 0.99", "0.0067, 0.0067", "0.00001234, 0.000012", "0, 0"})
    void costsAreShownToTheCentOrToTwoDigits(BigDecimal cost, String shown) {
        assertEquals(shown, new TokenUsage(1, 2, 0, 0, cost).shownCost());
    }
}
