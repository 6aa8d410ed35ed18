package app.patter.model;

import app.patter.text.TextCode;

/** What the test of a model says. */
enum ModelTestText implements TextCode {
    /** Too many are tested at once. */
    BUSY,
    /** The model said nothing. */
    SILENT,
    WORKS,
    /** The times of an answer that began with its words. */
    TIMES,
    /** The times of an answer that began with reasoning. */
    TIMES_REASONING,
    USAGE;

    @Override
    public String key() {
        return TextCode.key("text.model-test.", this);
    }
}
