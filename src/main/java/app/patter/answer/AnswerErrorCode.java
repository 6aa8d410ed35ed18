package app.patter.answer;

import app.patter.text.TextCode;

/** Why an answer failed, where its provider is not to blame, and what Patter adds to what a provider said. */
enum AnswerErrorCode implements TextCode {
    /** The model ended without writing anything. */
    EMPTY,
    /** The model could not be asked. */
    UNASKED,
    /** The model has called tools as often as it may without a person. */
    TOO_MANY_ROUNDS,
    /** How often a model was asked. */
    TRIED,
    /** How often models were asked. */
    TRIED_OTHERS,
    /** The provider's support asks for it. */
    REQUEST_ID;

    @Override
    public String key() {
        return TextCode.key("error.answer.", this);
    }
}
