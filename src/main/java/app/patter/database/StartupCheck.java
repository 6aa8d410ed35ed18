package app.patter.database;

import app.patter.config.DataFolder;
import app.patter.config.Setting;
import app.patter.config.SettingException;
import app.patter.config.Settings;
import app.patter.database.embedded.BlankFile;
import app.patter.database.embedded.Upgrade;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the settings and the database before a server does, whose own words about them are a page long. It happens
 * with the first connection, wherever in its start the server wants that.
 */
public final class StartupCheck {

    private static final Logger LOG = System.getLogger(StartupCheck.class.getName());

    /** Came with Servlet 6.0, thus with Jakarta EE 10. */
    private static final String NEEDED = "jakarta.servlet.ServletConnection";

    /** Milliseconds between two tries to reach a database. */
    private static final long PAUSE = 500;

    private static boolean possible;
    private static @Nullable String refused;

    private StartupCheck() {}

    /**
     * Waits for the database, the first time; later calls answer the same at once.
     *
     * @throws StartupException if Patter cannot start; the log says why by then. Does not return at all where Patter has
     *     the process to itself, see {@link Setting#OWN_PROCESS}
     */
    static synchronized void check() {
        if (possible) {
            return;
        }
        if (refused != null) {
            throw new StartupException(refused, null);
        }
        try {
            refuseOldServer(NEEDED);
            check(Settings.ofProcess());
            possible = true;
        } catch (SettingException e) {
            throw refuse(new StartupException(e.getMessage(), e));
        } catch (StartupException e) {
            throw refuse(e);
        } catch (RuntimeException | LinkageError e) {
            throw refuse(unforeseen(e));
        }
    }

    /** For what nobody thought of: still one line, and the end of a process that would hang about without a chat. */
    static StartupException unforeseen(Throwable e) {
        return new StartupException(
                "Its start failed with " + firstLine(e.toString())
                        + " If nothing here is out of the ordinary, report it.",
                e);
    }

    /** Says why Patter does not start, and ends the process if that is allowed. */
    static synchronized StartupException refuse(StartupException reason) {
        refused = reason.getMessage();
        LOG.log(Level.ERROR, "Patter does not start. {0}", reason.getMessage());
        if (ownsProcess()) {
            LogFlush.write(java.util.logging.Logger.getLogger("").getHandlers());
            Runtime.getRuntime()
                    .halt(reason.status()); // an orderly end would wait for the start, and print what failed in it
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

    /**
     * An old server asks for a connection before it meets the first class that it does not know, of which it tells in
     * words of its own. It comes that far because {@code web.xml} and {@code beans.xml} name the versions before the
     * needed ones.
     */
    static void refuseOldServer(String needed) {
        try {
            Class.forName(needed, false, StartupCheck.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new StartupException(
                    "This server is too old: it has no " + needed + " of Jakarta EE 10. Use one that has, such as"
                            + " Payara 6, WildFly 27, Open Liberty 23 or GlassFish 7, or newer ones.",
                    e);
        }
    }

    /** Looks at these settings and at the database that they name. */
    public static void check(Settings settings) {
        settings.check();
        reportFormerNames(settings);
        boolean own = settings.text(Setting.DB_URL).isEmpty();
        Path folder = PatterDataSource.dataFolder(settings);
        Path file = folder.resolve("patter.mv.db");
        if (own) {
            prepare(folder, file);
        }
        boolean used = own && Files.exists(file);
        try (Connection connection = reach(settings)) {
            LOG.log(
                    Level.INFO,
                    "Database: {0} {1}{2}",
                    connection.getMetaData().getDatabaseProductName(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    own ? " in " + folder : "");
            if (connection.isReadOnly()) {
                throw SqlStateAdvice.readOnly(own ? file.toString() : "that " + Setting.DB_URL.variable() + " names");
            }
            if (used) {
                closeFile(connection);
            }
        } catch (SQLException e) {
            throw SqlStateAdvice.unreachable(e, settings);
        }
        if (used) {
            upgrade(settings);
        } else if (!own && PatterDataSource.isEmbedded(settings)) {
            refuseOldTables(settings);
        }
    }

    private static void reportFormerNames(Settings settings) {
        String renamed = settings.underFormerNames().stream()
                .map(setting -> setting.formerVariable() + " is now " + setting.variable())
                .collect(Collectors.joining(", "));
        if (!renamed.isEmpty()) {
            LOG.log(Level.WARNING, "Settings have new names; the old ones still work: {0}.", renamed);
        }
    }

    /**
     * By a statement: after the end of a process without a shutdown, H2 2.2 loses the last commits when the next
     * connection is merely closed soon after it was made.
     */
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

    /** Only where the file has its usual place is there one for its copies too. */
    private static void refuseOldTables(Settings settings) {
        if (Schema.of(flyway -> flyway.dataSource(PatterDataSource.forSteps(settings)))
                .isOld()) {
            throw new StartupException(
                    "The H2 database that " + Setting.DB_URL.variable() + " names is of an earlier Patter. Leave that"
                            + " setting out, and give the folder of the file, as patter.mv.db, with "
                            + Setting.DATA.variable() + ": there it is upgraded, on a copy.",
                    null);
        }
    }

    private static void prepare(Path folder, Path file) {
        try {
            DataFolder.create(folder);
        } catch (IOException e) {
            throw new StartupException(cannotWrite(folder), e);
        }
        if (!Files.isWritable(folder)) {
            throw new StartupException(cannotWrite(folder), null);
        }
        if (Files.exists(file)) {
            lookAt(file);
        }
    }

    /** What H2 would not mind: it would open the one for reading only, and the other as an empty database. */
    private static void lookAt(Path file) {
        if (!Files.isWritable(file)) {
            throw SqlStateAdvice.readOnly(file.toString());
        }
        try {
            if (BlankFile.is(file)) {
                throw SqlStateAdvice.blank(file);
            }
        } catch (IOException e) {
            throw new StartupException("The database file " + file + " cannot be read: " + firstLine(e), e);
        }
    }

    private static String cannotWrite(Path folder) {
        return "The data folder " + folder + " cannot be written. Give one that can with " + Setting.DATA.variable()
                + ".";
    }

    /** A database server may be started at the same time as Patter, and take longer. */
    private static Connection reach(Settings settings) throws SQLException {
        PatterDataSource database = PatterDataSource.of(settings);
        long deadline = System.nanoTime() + settings.duration(Setting.DB_WAIT).toNanos();
        for (boolean told = false; ; told = true) {
            try {
                return database.connect();
            } catch (SQLException e) {
                if (!SqlStateAdvice.mayCome(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                if (!told) {
                    LOG.log(Level.INFO, "Waiting for the database: {0}", firstLine(e));
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StartupException.passing("The start was interrupted.", e);
        }
    }

    public static String firstLine(Exception e) {
        return firstLine(String.valueOf(e.getMessage()));
    }

    private static String firstLine(String text) {
        String line = Arrays.stream(text.strip().split("\\R", 2)).findFirst().orElse("");
        return line.endsWith(".") ? line : line + ".";
    }
}
