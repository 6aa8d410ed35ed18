package app.patter.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a server makes from the definition in {@link Migrations}, and pools the connections of. They come from
 * {@link PatterDataSource}.
 *
 * <p>Open Liberty takes the classes of data sources from libraries beside the application only. So this class stands at the
 * root of the WAR a second time, which lets the WAR itself be such a library; it knows no other class of Patter, and finds
 * the application by the thread that wants a connection. Any thread may call it.
 */
public final class ServerDataSource implements DataSource {

    private static final String SOURCE = "app.patter.database.PatterDataSource";

    private volatile @Nullable DataSource source;
    private @Nullable PrintWriter log;
    private int loginTimeout;
    private String url = "";

    @Override
    public Connection getConnection() throws SQLException {
        DataSource found = source;
        if (found == null) {
            found = find();
            source = found;
        }
        return found.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection(); // the settings decide
    }

    private static DataSource find() throws SQLException {
        try {
            return application().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SQLException("Patter's connections are asked for outside of Patter.", e);
        }
    }

    private static Class<? extends DataSource> application() throws ClassNotFoundException {
        Class<?> found;
        try {
            found = Class.forName(SOURCE, true, ServerDataSource.class.getClassLoader());
        } catch (ClassNotFoundException beside) {
            found = Class.forName(SOURCE, true, Thread.currentThread().getContextClassLoader());
        }
        return found.asSubclass(DataSource.class);
    }

    /** Wanted by servers that set every property of a definition; the settings decide. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** What {@link #setUrl} was given; not used to connect. */
    public String getUrl() {
        return url;
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
