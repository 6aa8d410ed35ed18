package app.patter.database;

import app.patter.system.Setting;
import app.patter.system.SettingException;
import app.patter.system.Settings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.logging.Handler;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the settings and the database before a server does, whose own words about them are a page long. It happens
 * with the first connection, wherever in its start the server wants that.
 */
final class Start {

    private static final Logger LOG = System.getLogger(Start.class.getName());

    /** Milliseconds between two tries to reach a database. */
    private static final long PAUSE = 500;

    private static boolean possible;
    private static @Nullable String refused;

    private Start() {}

    /**
     * Waits for the database, the first time; later calls answer the same at once.
     *
     * @throws StartException if Patter cannot start; the log says why by then. Does not return at all where Patter has
     *     the process to itself, see {@link Setting#OWN_PROCESS}
     */
    static synchronized void check() {
        if (possible) {
            return;
        }
        if (refused != null) {
            throw new StartException(refused, null);
        }
        try {
            check(Settings.ofProcess());
            possible = true;
        } catch (SettingException e) {
            throw refuse(new StartException(e.getMessage(), e));
        } catch (StartException e) {
            throw refuse(e);
        }
    }

    /** Says why Patter does not start, and ends the process if that is allowed. */
    static synchronized StartException refuse(StartException reason) {
        refused = reason.getMessage();
        LOG.log(Level.ERROR, "Patter does not start. {0}", reason.getMessage());
        if (ownsProcess()) {
            for (Handler handler : java.util.logging.Logger.getLogger("").getHandlers()) {
                handler.flush();
            }
            Runtime.getRuntime().halt(1); // an orderly end would wait for the start, and print what failed in it
        }
        return reason;
    }

    private static boolean ownsProcess() {
        try {
            return Settings.ofProcess().on(Setting.OWN_PROCESS);
        } catch (SettingException e) {
            return false;
        }
    }

    private static void check(Settings settings) {
        settings.check();
        boolean embedded = settings.text(Setting.DB_URL).isEmpty();
        if (embedded) {
            prepare(PatterDataSource.dataFolder(settings));
        }
        boolean used =
                embedded && Files.exists(PatterDataSource.dataFolder(settings).resolve("patter.mv.db"));
        try (Connection connection = reach(settings)) {
            LOG.log(
                    Level.INFO,
                    "Database: {0} {1}{2}",
                    connection.getMetaData().getDatabaseProductName(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    embedded ? " in " + PatterDataSource.dataFolder(settings) : "");
            if (used) {
                closeFile(connection);
            }
        } catch (SQLException e) {
            throw new StartException("The database cannot be reached: " + firstLine(e) + " " + mend(settings), e);
        }
        if (used) {
            upgrade(settings);
        }
    }

    private static void closeFile(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private static void upgrade(Settings settings) {
        String user = settings.text(Setting.DB_USER).orElse("");
        String password = settings.text(Setting.DB_PASSWORD).orElse("");
        new Upgrade(PatterDataSource.dataFolder(settings), user, password).run();
    }

    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartException(cannotWrite(folder), e);
        }
        if (!Files.isWritable(folder)) {
            throw new StartException(cannotWrite(folder), null);
        }
    }

    private static String cannotWrite(Path folder) {
        return "The data folder " + folder + " cannot be written. Give one that can with " + Setting.DATA.variable()
                + ".";
    }

    /** A database server may be started at the same time as Patter, and take longer. */
    private static Connection reach(Settings settings) throws SQLException {
        PatterDataSource database = new PatterDataSource(settings);
        long deadline = System.nanoTime() + settings.duration(Setting.DB_WAIT).toNanos();
        for (boolean told = false; ; told = true) {
            try {
                return database.connect();
            } catch (SQLException e) {
                if (!mayCome(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                if (!told) {
                    LOG.log(Level.INFO, "Waiting for the database: {0}", firstLine(e));
                }
                pause();
            }
        }
    }

    /** Whether a server does not listen, or listens but is not ready: SQL states of ISO 9075 and of PostgreSQL. */
    private static boolean mayCome(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.equals("57P03");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted.", e);
        }
    }

    private static String mend(Settings settings) {
        if (settings.text(Setting.DB_URL).isPresent()) {
            return "Check that the database runs, and " + Setting.DB_URL.variable() + ", " + Setting.DB_USER.variable()
                    + " and " + Setting.DB_PASSWORD.variable() + ".";
        }
        return "Is another Patter using the folder " + PatterDataSource.dataFolder(settings)
                + "? Stop it, or give this one its own folder with " + Setting.DATA.variable() + ".";
    }

    static String firstLine(Exception e) {
        String line = Arrays.stream(String.valueOf(e.getMessage()).strip().split("\\R", 2))
                .findFirst()
                .orElse("");
        return line.endsWith(".") ? line : line + ".";
    }
}
