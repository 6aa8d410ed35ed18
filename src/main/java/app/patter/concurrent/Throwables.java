package app.patter.concurrent;

import org.jspecify.annotations.Nullable;

/** Looks behind exceptions, which servers wrap in their own. */
public final class Throwables {

    private Throwables() {}

    /** The first exception of a type in the chain of causes; null if there is none. */
    public static <T> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    /** The name of the innermost cause; its message stays out of logs, for it may quote what people wrote. */
    public static String rootName(Throwable thrown) {
        Throwable at = thrown;
        for (Throwable cause = at.getCause(); cause != null; cause = cause.getCause()) {
            at = cause;
        }
        return at.getClass().getSimpleName();
    }
}
