package app.patter.tool;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.data.EvaluationValue;
import java.math.MathContext;
import java.math.RoundingMode;

/** Evaluates arithmetic to 34 digits, by EvalEx. Pure. */
final class Calculator {

    static final String SCHEMA = """
            {"type":"object","required":["expression"],"properties":{"expression":{"type":"string",\
            "description":"Such as (2+3)*4^2, SQRT(2)*PI, FACT(20), 17 % 5, LOG10(1000), MIN(3;5)"}}}""";

    /** A longer one is no arithmetic, and could take long. */
    private static final int LONGEST = 1_000;

    private static final ExpressionConfiguration CONFIGURATION = ExpressionConfiguration.builder()
            .mathContext(new MathContext(34, RoundingMode.HALF_EVEN))
            .arraysAllowed(false)
            .structuresAllowed(false)
            .build();

    private Calculator() {}

    static ToolAnswer evaluate(String expression) {
        if (expression.isBlank() || expression.length() > LONGEST) {
            return ToolAnswer.failed("Give an expression of 1 to " + LONGEST + " characters.");
        }
        try {
            EvaluationValue value = new Expression(expression, CONFIGURATION).evaluate();
            return ToolAnswer.text(
                    value.isNumberValue()
                            ? value.getNumberValue().stripTrailingZeros().toPlainString()
                            : value.getStringValue());
        } catch (BaseException | ArithmeticException e) {
            return ToolAnswer.failed("This cannot be calculated: " + e.getMessage());
        }
    }
}
