package app.patter.tool.builtin;

import app.patter.tool.ToolAnswer;
import com.fathzer.soft.javaluator.BracketPair;
import com.fathzer.soft.javaluator.DoubleEvaluator;
import com.fathzer.soft.javaluator.Function;
import com.fathzer.soft.javaluator.Operator;
import com.fathzer.soft.javaluator.Parameters;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Evaluates arithmetic to 15 digits. It calculates with doubles, so that every operation takes the same short time. What
 * is true is 1. Pure.
 */
public final class Calculator {

    public static final String SCHEMA = """
            {"type":"object","required":["expression"],"properties":{"expression":{"type":"string",\
            "description":"Such as (2+3)*4^2, SQRT(2)*PI, FACT(20), 17 % 5, LOG10(1000), ROUND(2/3, 2), SIN(PI/2). \
            Angles are radians. Exact to 15 digits."}}}""";

    /** A longer one is no arithmetic. */
    private static final int LONGEST = 1_000;

    /** That of a larger number is none of a double. */
    private static final int LARGEST_FACTORIAL = 170;

    /** More than a double has, before or after the point. */
    private static final int PLACES = 330;

    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

    /** Whole numbers up to this one are exact. */
    private static final double EXACT = 1L << 53;

    /** A number with more zeros is written with an exponent. */
    private static final int ZEROS = 21;

    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?");

    private static final Map<Operator, ToDoubleBiFunction<Double, Double>> COMPARISONS = Map.of(
            binary("||", -2), (a, b) -> a != 0 && !Double.isNaN(a) ? 1 : compared(a, b, b != 0),
            binary("&&", -1), (a, b) -> a == 0 ? 0 : compared(a, b, b != 0),
            binary("==", 0), (a, b) -> compared(a, b, a.doubleValue() == b),
            binary("!=", 0), (a, b) -> compared(a, b, a.doubleValue() != b),
            binary("<", 0), (a, b) -> compared(a, b, a < b),
            binary("<=", 0), (a, b) -> compared(a, b, a <= b),
            binary(">", 0), (a, b) -> compared(a, b, a > b),
            binary(">=", 0), (a, b) -> compared(a, b, a >= b));

    private static final Map<Function, ToDoubleFunction<double[]>> FUNCTIONS = Map.ofEntries(
            Map.entry(new Function("ceiling", 1), x -> Math.ceil(x[0])),
            Map.entry(new Function("sqrt", 1), x -> Math.sqrt(x[0])),
            Map.entry(new Function("exp", 1), x -> Math.exp(x[0])),
            Map.entry(new Function("log", 1), x -> Math.log(x[0])),
            Map.entry(new Function("log10", 1), x -> Math.log10(x[0])),
            Map.entry(new Function("fact", 1), x -> factorial(x[0])),
            Map.entry(new Function("round", 1, 2), x -> rounded(x[0], x.length == 1 ? 0 : x[1])),
            Map.entry(new Function("if", 3), x -> Double.isNaN(x[0]) ? x[0] : x[0] != 0 ? x[1] : x[2]));

    private static final Evaluator EVALUATOR = new Evaluator();

    private Calculator() {}

    private static Operator binary(String symbol, int precedence) {
        return new Operator(symbol, 2, Operator.Associativity.LEFT, precedence);
    }

    private static Parameters parameters() {
        Parameters parameters = new Parameters();
        parameters.addOperators(DoubleEvaluator.getDefaultParameters(DoubleEvaluator.Style.EXCEL)
                .getOperators());
        parameters.addOperators(COMPARISONS.keySet());
        parameters.addFunctions(List.of(
                DoubleEvaluator.ABS,
                DoubleEvaluator.CEIL,
                DoubleEvaluator.FLOOR,
                DoubleEvaluator.LN,
                DoubleEvaluator.MIN,
                DoubleEvaluator.MAX,
                DoubleEvaluator.SUM,
                DoubleEvaluator.AVERAGE,
                DoubleEvaluator.SINE,
                DoubleEvaluator.COSINE,
                DoubleEvaluator.TANGENT,
                DoubleEvaluator.ASINE,
                DoubleEvaluator.ACOSINE,
                DoubleEvaluator.ATAN,
                DoubleEvaluator.SINEH,
                DoubleEvaluator.COSINEH,
                DoubleEvaluator.TANGENTH));
        parameters.addFunctions(FUNCTIONS.keySet());
        parameters.addConstants(List.of(DoubleEvaluator.PI, DoubleEvaluator.E));
        parameters.addExpressionBracket(BracketPair.PARENTHESES);
        parameters.addFunctionBracket(BracketPair.PARENTHESES);
        return parameters;
    }

    public static ToolAnswer evaluate(String expression) {
        if (expression.isBlank() || expression.length() > LONGEST) {
            return ToolAnswer.failed("Give an expression of 1 to " + LONGEST + " characters.");
        }
        try {
            String written = expression.toLowerCase(Locale.ROOT).replace(';', ',');
            double value = EVALUATOR.evaluate(written);
            return Double.isNaN(value)
                    ? ToolAnswer.failed("This cannot be calculated: there is a division by zero in it, a number beyond"
                            + " 1E308, or something that has no real value.")
                    : ToolAnswer.text(plain(value));
        } catch (IllegalArgumentException e) {
            return ToolAnswer.failed("This cannot be calculated: " + e.getMessage());
        }
    }

    /** As people expect it: 0.1+0.2 is 0.3. */
    private static String plain(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
            return Long.toString((long) value);
        }
        BigDecimal number = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        boolean handy = number.scale() <= ZEROS + DIGITS.getPrecision() && number.precision() - number.scale() <= ZEROS;
        return handy ? number.toPlainString() : number.toString();
    }

    private static final class Evaluator extends DoubleEvaluator {

        Evaluator() {
            super(parameters(), true);
        }

        @Override
        protected Double toValue(String literal, Object context) {
            if (!NUMBER.matcher(literal).matches()) {
                throw new IllegalArgumentException("“" + literal + "” is neither a number nor the name of a function");
            }
            return finite(Double.parseDouble(literal));
        }

        @Override
        protected Double evaluate(Operator operator, Iterator<Double> operands, Object context) {
            var comparison = COMPARISONS.get(operator);
            if (comparison == null) {
                return finite(super.evaluate(operator, operands, context));
            }
            return comparison.applyAsDouble(operands.next(), operands.next());
        }

        @Override
        protected Double evaluate(Function function, Iterator<Double> arguments, Object context) {
            var own = FUNCTIONS.get(function);
            if (own == null) {
                return finite(super.evaluate(function, arguments, context));
            }
            List<Double> all = new ArrayList<>();
            arguments.forEachRemaining(all::add);
            return finite(own.applyAsDouble(
                    all.stream().mapToDouble(Double::doubleValue).toArray()));
        }
    }

    /** What has no value makes everything that is calculated with it have none; an infinity would come back as 0. */
    private static double finite(double value) {
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    private static double compared(double a, double b, boolean holds) {
        return Double.isNaN(a + b) ? Double.NaN : holds ? 1 : 0;
    }

    private static double factorial(double value) {
        if (value != Math.rint(value) || value < 0 || value > LARGEST_FACTORIAL) {
            throw new IllegalArgumentException("FACT takes whole numbers from 0 to " + LARGEST_FACTORIAL);
        }
        double product = 1;
        for (int factor = 2; factor <= value; factor++) {
            product *= factor;
        }
        return product;
    }

    private static double rounded(double value, double places) {
        if (!(Math.abs(places) <= PLACES)) {
            throw new IllegalArgumentException("ROUND takes from -" + PLACES + " to " + PLACES + " places");
        }
        return Double.isNaN(value)
                ? value
                : BigDecimal.valueOf(value)
                        .setScale((int) places, RoundingMode.HALF_EVEN)
                        .doubleValue();
    }
}
