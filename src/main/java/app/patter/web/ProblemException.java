package app.patter.web;

import app.patter.text.CodedText;

/** Something that a person has to be told: what happened and what to do. Becomes a page or, for htmx, a fragment. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient CodedText text;
    private final int status;
    private final int retryAfter;

    /**
     * @param arguments as for {@link ProblemCode#with}
     */
    public ProblemException(ProblemCode code, Object... arguments) {
        this(code, code.status(), 0, code.with(arguments));
    }

    private ProblemException(ProblemCode code, int status, int retryAfter, CodedText text) {
        super(code.name(), null, false, false);
        this.code = code;
        this.text = text;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** A problem that passes by itself, for which programs should wait so many seconds. */
    public static ProblemException passing(ProblemCode code, int retryAfter) {
        return new ProblemException(code, code.status(), retryAfter, code.with());
    }

    /** What a server refuses with a status of which nothing more is known. */
    static ProblemException ofStatus(int status) {
        return new ProblemException(ProblemCode.STATUS, status, 0, ProblemCode.STATUS.with(status));
    }

    /** The answer for what does not exist and for what belongs to somebody else. */
    public static ProblemException notFound() {
        return new ProblemException(ProblemCode.NOT_FOUND);
    }

    /** HTTP status, 4xx or 5xx. */
    public int status() {
        return status;
    }

    /** Seconds after which the same may succeed; 0 if nobody knows. */
    public int retryAfter() {
        return retryAfter;
    }

    /** A few words. */
    public CodedText title() {
        return code.title();
    }

    /** What happened and what to do. */
    public CodedText text() {
        return text;
    }
}
