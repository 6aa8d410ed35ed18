package app.patter.answer;

import app.patter.text.TextCode;

/** Why an answer failed, where its provider is not to blame, and what Patter adds to what a provider said. */
enum AnswerErrorCode implements TextCode {
    /** The model ended without writing anything. */
    EMPTY,
    /** The model has reasoned and then not answered. */
    ONLY_REASONING,
    /** A filter of the provider ended the answer. */
    FILTERED,
    /** The model, or its provider, refuses to answer. */
    REFUSED,
    /** The answer was about to repeat a protected text. */
    RECITED,
    /** Conversation and answer fill the model's context window. */
    CONTEXT_FULL,
    /** The provider wants to be asked again. */
    PAUSED,
    /** Something that the provider sent could not be read. */
    GAP,
    /** The provider ended the answer with a word that nobody here knows. */
    OTHER_END,
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
