package app.patter.database;

import app.patter.config.Setting;
import app.patter.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the database that the settings name: an embedded H2 file, or PostgreSQL. Servers pool them by way of
 * {@link ServerDataSource}.
 */
public final class PatterDataSource implements DataSource {

    /**
     * Off, for a read must see the last commit: H2 keeps the result of a query that ran while another session was
     * committing, and gives it again after the commit.
     */
    private static final String REUSED_RESULTS = "OPTIMIZE_REUSE_RESULTS";

    /** H2 writes what fails into a file of its own otherwise. */
    static final String NO_TRACE = ";TRACE_LEVEL_FILE=0";

    /** Seconds; parameters of the address win over these. */
    private static final String CONNECT_TIMEOUT = "10";

    /** Seconds: a database that stands still is away, and a save must find out. */
    private static final String SOCKET_TIMEOUT = "60";

    private final Settings settings;
    private final boolean forSteps;
    private @Nullable PrintWriter log;
    private int loginTimeout;

    /** Reads the settings of this process. */
    public PatterDataSource() {
        this(Settings.ofProcess(), false);
    }

    private PatterDataSource(Settings settings, boolean forSteps) {
        this.settings = settings;
        this.forSteps = forSteps;
    }

    /** Connections as Patter's pages use them. */
    public static PatterDataSource of(Settings settings) {
        return new PatterDataSource(settings, false);
    }

    /**
     * Connections for the steps that change tables. They wait for an answer as long as it takes, whatever the address
     * says: an index of a large table takes longer than any save may. A database that has gone is noticed by the system.
     */
    static PatterDataSource forSteps(Settings settings) {
        return new PatterDataSource(settings, true);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (forSteps) {
            return patient(connect());
        }
        StartupCheck.check();
        return isPostgres(address(settings)) ? LastingConnection.to(this::connect) : connect();
    }

    private Connection patient(Connection connection) throws SQLException {
        if (isPostgres(address(settings))) {
            connection.setNetworkTimeout(Runnable::run, 0);
        }
        return connection;
    }

    /** Connects to the database without any care for how it goes on. */
    public Connection connect() throws SQLException {
        String address = address(settings);
        Properties properties = new Properties();
        settings.text(Setting.DB_USER).ifPresent(user -> properties.setProperty("user", user));
        settings.text(Setting.DB_PASSWORD).ifPresent(password -> properties.setProperty("password", password));
        if (isPostgres(address)) {
            properties.setProperty("connectTimeout", CONNECT_TIMEOUT);
            properties.setProperty("socketTimeout", SOCKET_TIMEOUT);
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("ApplicationName", "Patter");
        } else if (!address.contains(REUSED_RESULTS)) {
            properties.setProperty(REUSED_RESULTS, "0");
        }
        Connection connection = driver(address).connect(address, properties);
        return Objects.requireNonNull(connection); // null would mean an address that the driver has just accepted
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    /** Whether the database is a file that this process has to itself. */
    public static boolean isEmbedded(Settings settings) {
        return !isPostgres(address(settings));
    }

    /** The JDBC address in force. It holds no password unless somebody wrote one into it. */
    static String address(Settings settings) {
        return settings.text(Setting.DB_URL).orElseGet(() -> embedded(settings));
    }

    static boolean isPostgres(String address) {
        return address.startsWith("jdbc:postgresql:");
    }

    /**
     * An acknowledged commit must survive the end of the process, hence no write delay. That leaves what is outdated in
     * the file, which would grow by 80 MB in a busy minute if it were kept for the usual 45 s. And saving the last tokens at
     * shut-down must find the database still open, hence no closing by H2's own hook. And no file beside it in which H2
     * quotes statements that failed.
     */
    private static String embedded(Settings settings) {
        return "jdbc:h2:file:" + dataFolder(settings).resolve("patter")
                + ";WRITE_DELAY=0;RETENTION_TIME=2000;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1"
                + NO_TRACE;
    }

    /** Where Patter keeps its files; need not be there yet. */
    public static Path dataFolder(Settings settings) {
        return settings.folder(Setting.DATA);
    }

    /** Named here, not looked up in DriverManager, which sees other class loaders' drivers on an application server. */
    private static Driver driver(String address) throws SQLException {
        String name;
        if (isPostgres(address)) {
            name = "org.postgresql.Driver";
        } else if (address.startsWith("jdbc:h2:")) {
            name = "org.h2.Driver";
        } else {
            throw new StartupException(
                    Setting.DB_URL.variable()
                            + " names a database that Patter does not know. Use jdbc:postgresql://host/name, or leave it out.",
                    null);
        }
        try {
            Driver driver = Class.forName(name, true, PatterDataSource.class.getClassLoader())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
            if (!driver.acceptsURL(address)) {
                throw new StartupException(
                        Setting.DB_URL.variable()
                                + " is no address that its driver understands. Use jdbc:postgresql://host/name, or leave it out.",
                        null);
            }
            return driver;
        } catch (ReflectiveOperationException e) {
            throw new StartupException(
                    "The database driver " + name + " is missing from the WAR. Deploy the WAR as it was built.", e);
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return log;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        log = out;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
