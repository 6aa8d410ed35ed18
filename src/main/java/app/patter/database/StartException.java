package app.patter.database;

import org.jspecify.annotations.Nullable;

/** Patter cannot start; the message names the cause and the mend. */
final class StartException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    StartException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
