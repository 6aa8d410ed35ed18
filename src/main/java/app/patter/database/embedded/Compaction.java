package app.patter.database.embedded;

import app.patter.config.Settings;
import app.patter.database.PatterDataSource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * Keeps the file of the embedded database about as small as what is in it. Each save writes whole pages, most of which
 * the next save replaces; a part of the file is used again when nothing in it counts any more. H2 moves the last pages
 * out of nearly empty parts on a thread that it starts only with a write delay, and with one, commits would be
 * acknowledged before they are in the file. So Patter asks for it.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Compaction {

    private static final Logger LOG = System.getLogger(Compaction.class.getName());

    /** Percent of the file that should count. */
    private static final int FILLED = 70;

    /** Bytes that do not count which a file may have anyway: fewer are not worth the writing. */
    private static final long LEFT = 64 << 20;

    /** Most bytes that are moved at once, for saves wait meanwhile. */
    private static final int AT_ONCE = 4 << 20;

    private final boolean embedded = PatterDataSource.isEmbedded(Settings.ofProcess());
    private volatile boolean failed;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void compact() {
        if (!embedded || failed) {
            return;
        }
        try (Connection connection = new PatterDataSource().connect()) {
            compact(connection, LEFT);
        } catch (SQLException | RuntimeException e) {
            failed = true;
            LOG.log(Level.WARNING, "The database's file is not compacted, and may grow until the next start.", e);
        }
    }

    /**
     * Moves a few pages, if less of the file counts than should. H2 moves the emptiest parts first, and those cost least.
     *
     * @param left bytes that do not count which are left alone
     */
    static void compact(Connection connection, long left) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        int filled = store.getFileStore().getChunksFillRate();
        long garbage = store.getFileStore().size() * (100 - filled) / 100;
        if (filled < FILLED && garbage > left) {
            store.compact(FILLED, AT_ONCE);
        }
    }
}
