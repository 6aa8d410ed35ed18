package app.patter.answer;

import app.patter.text.TextCode;

/** What Patter notes in an answer beside what the model writes. */
enum AnswerText implements TextCode {
    /** How many messages were not sent to the model, since it takes in no more. */
    OLDEST_LEFT_OUT,
    /** What stands above was reasoning, which the model has marked too late. */
    ABOVE_IS_REASONING,
    /** How many tools the provider does not take, and which. */
    TOOLS_LEFT_OUT;

    @Override
    public String key() {
        return TextCode.key("text.answer.", this);
    }
}
