package app.patter.web;

/** Something that a person has to be told: what happened and what to do. Becomes a page or, for htmx, a fragment. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final int retryAfter;

    /**
     * @param status  HTTP status, 4xx or 5xx
     * @param title   a few words
     * @param message one or two sentences
     */
    public ProblemException(int status, String title, String message) {
        this(status, title, message, 0);
    }

    private ProblemException(int status, String title, String message, int retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.title = title;
        this.retryAfter = retryAfter;
    }

    /** A problem that passes by itself, for which programs should wait so many seconds. */
    public static ProblemException passing(int status, String title, String message, int retryAfter) {
        return new ProblemException(status, title, message, retryAfter);
    }

    /** The answer for what does not exist and for what belongs to somebody else. */
    public static ProblemException notFound() {
        return new ProblemException(
                404,
                "Nothing here",
                "There is no such page or conversation, or it is not yours. Check the address, or go to your list.");
    }

    public int status() {
        return status;
    }

    /** Seconds after which the same may succeed; 0 if nobody knows. */
    public int retryAfter() {
        return retryAfter;
    }

    public String title() {
        return title;
    }

    /** What happened and what to do; never null. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
