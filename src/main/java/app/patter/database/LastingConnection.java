package app.patter.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a pool may keep for ever. When the database was restarted, it connects anew between two
 * transactions; within one it fails, as it must. Servers' pools do not look after that unless each is told to in its own
 * way.
 *
 * <p>One thread at a time, like any connection.
 */
final class LastingConnection implements InvocationHandler {

    /** Longest time in nanoseconds that a connection is trusted unasked. */
    private static final long TRUSTED = 1_000_000_000L;

    /** Seconds to wait for the answer of a database that is asked whether it is still there. */
    private static final int PATIENCE = 5;

    /** Counts connections found broken: a sign for all others to ask before they go on. */
    private static final AtomicInteger BREAKS = new AtomicInteger();

    private final Source source;
    private Connection physical;
    private int breaksSeen = BREAKS.get();
    private long used = System.nanoTime();
    private boolean autoCommit = true;
    private boolean begun;
    private boolean broken;
    private boolean closed;
    private @Nullable Integer isolation;

    /** Makes connections to the database. */
    interface Source {
        Connection connect() throws SQLException;
    }

    private LastingConnection(Source source) throws SQLException {
        this.source = source;
        this.physical = source.connect();
    }

    /** Connects. */
    static Connection to(Source source) throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                LastingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new LastingConnection(source));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "lasting " + physical;
            case "isClosed" -> closed;
            case "getAutoCommit" -> autoCommit;
            case "unwrap", "isWrapperFor", "getWarnings", "clearWarnings" -> call(method, arguments);
            case "close", "abort" -> {
                closed = true;
                yield call(method, arguments);
            }
            case "commit" -> end(method, arguments);
            case "rollback" -> {
                boolean done = physical.isClosed(); // its end rolled back; servers log a failure at length
                yield done ? noteEnd(arguments) : end(method, arguments);
            }
            case "setAutoCommit" -> {
                autoCommit = arguments != null && Boolean.TRUE.equals(arguments[0]);
                begun = false;
                yield physical.isClosed()
                        ? null
                        : call(method, arguments); // a new one learns it with its first statement
            }
            case "setClientInfo" -> physical.isClosed() ? null : call(method, arguments);
            default -> use(method, arguments);
        };
    }

    private @Nullable Object end(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return call(method, arguments);
        } finally {
            noteEnd(arguments);
        }
    }

    private @Nullable Object noteEnd(Object @Nullable [] savepoint) throws SQLException {
        begun &= savepoint != null; // back to there, it goes on
        if (!broken && physical.isClosed()) {
            noteBreak();
        }
        return null;
    }

    private @Nullable Object use(Method method, Object @Nullable [] arguments) throws Throwable {
        if (!begun && !closed) {
            renewIfBroken();
        }
        Object answer = call(method, arguments);
        remember(method.getName(), arguments);
        return answer;
    }

    private void remember(String method, Object @Nullable [] arguments) {
        if (method.equals("setTransactionIsolation") && arguments != null) {
            isolation = (Integer) arguments[0];
        } else if (method.contains("Statement") || method.equals("prepareCall") || method.equals("setSavepoint")) {
            begun = !autoCommit;
        }
    }

    private void renewIfBroken() throws SQLException {
        boolean doubtful = BREAKS.get() != breaksSeen || System.nanoTime() - used > TRUSTED;
        if (!broken && (physical.isClosed() || (doubtful && !physical.isValid(PATIENCE)))) {
            noteBreak();
        }
        int breaks = BREAKS.get();
        if (broken) {
            renew();
        }
        breaksSeen = breaks;
        used = System.nanoTime();
    }

    private void renew() throws SQLException {
        Connection fresh = source.connect();
        try {
            fresh.setAutoCommit(autoCommit);
            if (isolation != null) {
                fresh.setTransactionIsolation(isolation);
            }
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
        Connection old = physical;
        physical = fresh;
        broken = false;
        try {
            old.close();
        } catch (SQLException e) {
            // it was broken
        }
    }

    private void noteBreak() {
        broken = true;
        BREAKS.incrementAndGet();
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(physical, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
