package app.patter.text;

/** Errors of which there are words or a code, but not both. */
public enum BaseText implements TextCode {
    /** Words that were stored before errors had codes. */
    OTHER,
    /** A code that a newer Patter has stored. */
    UNKNOWN;

    @Override
    public String key() {
        return TextCode.key("error.", this);
    }
}
