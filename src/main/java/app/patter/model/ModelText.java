package app.patter.model;

import app.patter.text.TextCode;

/** What is wrong with the form of a model or a model server. */
enum ModelText implements TextCode {
    FIELD_NAME,
    FIELD_PROMPT,
    FIELD_TEMPERATURE,
    FIELD_INPUT,
    FIELD_OUTPUT,
    FIELD_CACHED,
    FIELD_PARAMETERS,
    LENGTH,
    NUMBER,
    EFFORT,
    CONTEXT,
    OWN_FALLBACK,
    LOST_FALLBACK,
    NO_PARAMETERS,
    OWN_PARAMETER,
    NAME_ON_SERVER,
    DIALECT,
    KEY_AGAIN,
    KEY_LOST;

    @Override
    public String key() {
        return TextCode.key("problem.model.", this);
    }
}
