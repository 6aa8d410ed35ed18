package app.patter.tool;

/** Why a tool or its server cannot be asked, for the person who reads the page and for the model. */
public final class ToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one or two sentences: what happened, and what to do */
    public ToolException(String message) {
        super(message, null, false, false);
    }

    /** Never null. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
