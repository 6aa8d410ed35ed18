package app.patter.database;

import org.jspecify.annotations.Nullable;

/** Patter cannot start; the message names the cause and the mend. */
public final class StartupException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** EX_CONFIG of BSD's sysexits: a supervisor that tries again can be told to leave it at that. */
    private static final int NEEDS_A_PERSON = 78;

    private static final int MAY_PASS = 1;

    private final int status;

    /** For what stays as it is until a person mends it. */
    public StartupException(@Nullable String message, @Nullable Throwable cause) {
        this(message, cause, NEEDS_A_PERSON);
    }

    private StartupException(@Nullable String message, @Nullable Throwable cause, int status) {
        super(message, cause);
        this.status = status;
    }

    /** For what a later start may not meet any more, such as a database that is away. */
    static StartupException passing(String message, @Nullable Throwable cause) {
        return new StartupException(message, cause, MAY_PASS);
    }

    /** What the process ends with, where it may. */
    public int status() {
        return status;
    }
}
