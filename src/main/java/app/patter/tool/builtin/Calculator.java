package app.patter.tool.builtin;

import app.patter.tool.ToolAnswer;
import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.AbstractFunction;
import com.ezylang.evalex.functions.FunctionParameter;
import com.ezylang.evalex.parser.Token;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/** Evaluates arithmetic to 34 digits, by EvalEx. Pure. */
public final class Calculator {

    public static final String SCHEMA = """
            {"type":"object","required":["expression"],"properties":{"expression":{"type":"string",\
            "description":"Such as (2+3)*4^2, SQRT(2)*PI, FACT(20), 17 % 5, LOG10(1000), MIN(3;5)"}}}""";

    /** A longer one is no arithmetic, and could take long. */
    private static final int LONGEST = 1_000;

    private static final int LARGEST_FACTORIAL = 10_000;
    private static final int DIGITS = 200;

    /** Places to which ROUND rounds, before or after the point. */
    private static final int PLACES = 1_000;

    private static final ExpressionConfiguration CONFIGURATION = BoundedArithmetic.all(ExpressionConfiguration.builder()
            .mathContext(new MathContext(34, RoundingMode.HALF_EVEN))
            .arraysAllowed(false)
            .structuresAllowed(false)
            .build()
            .withAdditionalFunctions(Map.entry("FACT", new Factorial()), Map.entry("ROUND", new Round())));

    private Calculator() {}

    /** Written out, unless that were very long. */
    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        boolean handy =
                Math.abs((long) stripped.scale()) <= DIGITS && stripped.precision() - (long) stripped.scale() <= DIGITS;
        return handy ? stripped.toPlainString() : stripped.toString();
    }

    /** The library's own multiplies a billion numbers for the factorial of a billion. */
    @FunctionParameter(name = "value")
    private static final class Factorial extends AbstractFunction {

        @Override
        public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... values)
                throws EvaluationException {
            BigDecimal value = values[0].getNumberValue();
            if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(LARGEST_FACTORIAL)) > 0) {
                throw new EvaluationException(token, "FACT takes numbers from 0 to " + LARGEST_FACTORIAL);
            }
            BigDecimal product = BigDecimal.ONE;
            for (int factor = 2; factor <= value.intValue(); factor++) {
                product = product.multiply(
                        BigDecimal.valueOf(factor),
                        expression.getConfiguration().getMathContext());
            }
            return expression.convertValue(product);
        }
    }

    /** The library's own writes out as many places as it is asked for. */
    @FunctionParameter(name = "value")
    @FunctionParameter(name = "places")
    private static final class Round extends AbstractFunction {

        @Override
        public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... values)
                throws EvaluationException {
            BigDecimal places = values[1].getNumberValue();
            if (places.abs().compareTo(BigDecimal.valueOf(PLACES)) > 0) {
                throw new EvaluationException(token, "ROUND takes from -" + PLACES + " to " + PLACES + " places");
            }
            return expression.convertValue(values[0]
                    .getNumberValue()
                    .setScale(
                            places.intValue(),
                            expression.getConfiguration().getMathContext().getRoundingMode()));
        }
    }

    public static ToolAnswer evaluate(String expression) {
        if (expression.isBlank() || expression.length() > LONGEST) {
            return ToolAnswer.failed("Give an expression of 1 to " + LONGEST + " characters.");
        }
        try {
            EvaluationValue value = new Expression(expression, CONFIGURATION).evaluate();
            return ToolAnswer.text(value.isNumberValue() ? plain(value.getNumberValue()) : value.getStringValue());
        } catch (BaseException | ArithmeticException e) {
            return ToolAnswer.failed("This cannot be calculated: " + e.getMessage());
        }
    }
}
