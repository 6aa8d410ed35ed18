package app.patter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection is broken here by closing the one behind it. */
class LastingConnectionTest {

    private final List<Connection> physical = new ArrayList<>();
    private boolean away;

    private Connection connect() throws SQLException {
        return LastingConnection.to(() -> {
            if (away) {
                throw new SQLException("away");
            }
            Connection made = DriverManager.getConnection("jdbc:h2:mem:");
            physical.add(made);
            return made;
        });
    }

    private void breakLast() throws SQLException {
        physical.get(physical.size() - 1).close();
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void aConnectionThatBrokeWhileNobodyUsedItConnectsAnew() throws SQLException {
        try (Connection connection = connect()) {
            assertEquals(1, one(connection));
            breakLast();
            assertEquals(1, one(connection));
            assertEquals(2, physical.size());
        }
    }

    @Test
    void theNewOneIsSetUpLikeTheOld() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            one(connection);
            connection.commit();
            breakLast();
            one(connection);
            Connection fresh = physical.get(1);
            assertFalse(fresh.getAutoCommit());
            assertEquals(Connection.TRANSACTION_SERIALIZABLE, fresh.getTransactionIsolation());
            connection.rollback();
        }
    }

    @Test
    void withinATransactionItFailsForHalfOfItIsLost() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            one(connection);
            breakLast();
            assertThrows(SQLException.class, () -> one(connection));
            assertThrows(SQLException.class, connection::commit);
            assertEquals(1, one(connection), "the next transaction has a new connection");
            assertEquals(2, physical.size());
            connection.rollback();
        }
    }

    @Test
    void itStaysUsableWhileTheDatabaseIsAway() throws SQLException {
        try (Connection connection = connect()) {
            away = true;
            breakLast();
            assertThrows(SQLException.class, () -> one(connection));
            assertThrows(SQLException.class, () -> one(connection));
            away = false;
            assertEquals(1, one(connection));
        }
    }

    @Test
    void closingClosesWhatIsBehind() throws SQLException {
        Connection connection = connect();
        assertFalse(connection.isClosed());
        connection.close();
        assertTrue(connection.isClosed());
        assertTrue(physical.get(0).isClosed());
        assertThrows(SQLException.class, () -> one(connection));
        assertEquals(1, physical.size(), "a closed one does not connect again");
    }
}
