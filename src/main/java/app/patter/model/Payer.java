package app.patter.model;

import java.util.UUID;

/**
 * Who pays for a call of a model. Nobody can ask a model without naming one; today the log alone hears of it, at level
 * DEBUG.
 */
public sealed interface Payer {

    /** A person, for answers and whatever else is asked on the person's behalf. */
    static Payer account(UUID account) {
        return new Account(account);
    }

    /** Whoever runs this Patter, for what administrators try out. */
    static Payer operator() {
        return new Operator();
    }

    /** A person's account, by its id. */
    record Account(UUID id) implements Payer {

        @Override
        public String toString() {
            return "account " + id;
        }
    }

    /** Whoever runs this Patter. */
    record Operator() implements Payer {

        @Override
        public String toString() {
            return "the operator";
        }
    }
}
