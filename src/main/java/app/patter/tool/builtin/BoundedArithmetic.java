package app.patter.tool.builtin;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.FunctionDictionaryIfc;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.OperatorDictionaryIfc;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.FunctionIfc;
import com.ezylang.evalex.functions.FunctionParameterDefinition;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.parser.Token;
import java.math.BigDecimal;
import java.util.List;

/**
 * Lets EvalEx calculate only with numbers of a size that it is quick with. It writes some of them out, such as those that
 * are rounded up to a whole number, and takes hours where that has millions of digits; nothing can interrupt it then.
 */
final class BoundedArithmetic {

    /** Digits before the point, or zeros after it, of the largest and smallest number that is calculated with. */
    private static final int DIGITS = 10_000;

    private BoundedArithmetic() {}

    /** The same, with functions and operators that refuse larger numbers, and none but functions of numbers. */
    static ExpressionConfiguration all(ExpressionConfiguration configuration) {
        return configuration.toBuilder()
                .functionDictionary(functions(configuration.getFunctionDictionary()))
                .operatorDictionary(new Operators(configuration.getOperatorDictionary()))
                .build();
    }

    /** Those of texts and dates can be asked for a billion characters. */
    private static FunctionDictionaryIfc functions(FunctionDictionaryIfc all) {
        FunctionDictionaryIfc bounded = new MapBasedFunctionDictionary();
        for (String name : all.getAvailableFunctionNames()) {
            if (!name.startsWith("STR_") && !name.startsWith("DT_")) {
                bounded.addFunction(name, new Function(all.getFunction(name)));
            }
        }
        return bounded;
    }

    private static void check(Token token, EvaluationValue... values) throws EvaluationException {
        for (EvaluationValue value : values) {
            if (value.isNumberValue() && isFar(value.getNumberValue())) {
                throw new EvaluationException(
                        token,
                        "a number here has more than " + DIGITS
                                + " digits before the point, or zeros after it, and cannot be calculated with");
            }
        }
    }

    private static boolean isFar(BigDecimal number) {
        return number.signum() != 0 && Math.abs(number.precision() - (long) number.scale()) > DIGITS;
    }

    private record Function(FunctionIfc function) implements FunctionIfc {

        @Override
        public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... values)
                throws EvaluationException {
            check(token, values);
            return function.evaluate(expression, token, values);
        }

        @Override
        public List<FunctionParameterDefinition> getFunctionParameterDefinitions() {
            return function.getFunctionParameterDefinitions();
        }

        @Override
        public void validatePreEvaluation(Token token, EvaluationValue... values) throws EvaluationException {
            function.validatePreEvaluation(token, values);
        }

        @Override
        public boolean hasVarArgs() {
            return function.hasVarArgs();
        }
    }

    private record Operator(OperatorIfc operator) implements OperatorIfc {

        @Override
        public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... operands)
                throws EvaluationException {
            check(token, operands);
            return operator.evaluate(expression, token, operands);
        }

        @Override
        public int getPrecedence() {
            return operator.getPrecedence();
        }

        @Override
        public int getPrecedence(ExpressionConfiguration configuration) {
            return operator.getPrecedence(configuration);
        }

        @Override
        public boolean isLeftAssociative() {
            return operator.isLeftAssociative();
        }

        @Override
        public boolean isPrefix() {
            return operator.isPrefix();
        }

        @Override
        public boolean isPostfix() {
            return operator.isPostfix();
        }

        @Override
        public boolean isInfix() {
            return operator.isInfix();
        }

        @Override
        public boolean isOperandLazy() {
            return operator.isOperandLazy();
        }
    }

    private record Operators(OperatorDictionaryIfc all) implements OperatorDictionaryIfc {

        @Override
        public void addOperator(String name, OperatorIfc operator) {
            all.addOperator(name, operator);
        }

        @Override
        public OperatorIfc getPrefixOperator(String name) {
            return bounded(all.getPrefixOperator(name));
        }

        @Override
        public OperatorIfc getPostfixOperator(String name) {
            return bounded(all.getPostfixOperator(name));
        }

        @Override
        public OperatorIfc getInfixOperator(String name) {
            return bounded(all.getInfixOperator(name));
        }

        @Override
        public boolean hasPrefixOperator(String name) {
            return all.hasPrefixOperator(name);
        }

        @Override
        public boolean hasPostfixOperator(String name) {
            return all.hasPostfixOperator(name);
        }

        @Override
        public boolean hasInfixOperator(String name) {
            return all.hasInfixOperator(name);
        }

        @SuppressWarnings("NullAway") // the library asks for what there may not be, and takes null
        private static OperatorIfc bounded(OperatorIfc operator) {
            return operator == null ? null : new Operator(operator);
        }
    }
}
