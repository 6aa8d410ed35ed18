package app.patter.provider;

import app.patter.text.CodedText;
import app.patter.text.TextCode;

/** What to do about it, where that depends on who configured the server. */
enum ProviderAdvice implements TextCode {
    /** Where an address stands. */
    ADDRESS_IN_SETTINGS,
    /** Where an address stands. */
    ADDRESS_ON_PAGE,
    SET_KEY,
    CHECK_KEY,
    GIVE_KEY,
    GIVE_OTHER_KEY,
    CHOOSE_MODEL,
    CHECK_ADDRESS,
    CHECK_ENDING,
    WAIT,
    WAIT_OR_CHECK_QUOTA,
    START,
    START_OR_CHECK,
    CHECK_SETTINGS,
    CHECK_PAGE,
    CHECK_SPEAKER,
    CHECK_SPEAKER_AND_ENDING;

    /** What speaks a dialect, with an article; each dialect has a text. */
    static CodedText speaker(Dialect dialect) {
        return new CodedText("error.speaker." + dialect.name());
    }

    @Override
    public String key() {
        return TextCode.key("error.advice.", this);
    }
}
