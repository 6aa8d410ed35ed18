package app.patter.web;

/** A form cannot be taken as it is; the message says why and what to do, to the person who filled it in. */
public final class FormException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public FormException(String message) {
        super(message);
    }

    /** Never null. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
