package app.patter.conversation;

import app.patter.concurrent.Throwables;
import jakarta.ejb.ApplicationException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;

/** What was to be added is there already, as the database says; nothing has changed. */
@ApplicationException(rollback = true)
public final class AlreadyThereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** SQL's class of violated constraints. */
    private static final String CONSTRAINTS = "23";

    private AlreadyThereException(PersistenceException cause) {
        super("already there", cause);
    }

    /** What a failed insert means: this, if a row was in its way, or else what it says itself. */
    static RuntimeException of(PersistenceException failed) {
        SQLException reason = Throwables.find(failed, SQLException.class);
        String state = reason == null ? null : reason.getSQLState();
        return state != null && state.startsWith(CONSTRAINTS) ? new AlreadyThereException(failed) : failed;
    }
}
