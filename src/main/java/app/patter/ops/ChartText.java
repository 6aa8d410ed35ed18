package app.patter.ops;

import app.patter.text.TextCode;

/** The titles of the charts, and what they count. */
enum ChartText implements TextCode {
    ANSWERS,
    STREAMS,
    TOKENS,
    FIRST_TOKEN,
    LATENCY,
    SAVE,
    AGE,
    UNSAVED,
    ERRORS,
    MEMORY,
    NO_UNIT,
    MILLISECONDS,
    CHARACTERS,
    MEGABYTES;

    @Override
    public String key() {
        return TextCode.key("text.chart.", this);
    }
}
