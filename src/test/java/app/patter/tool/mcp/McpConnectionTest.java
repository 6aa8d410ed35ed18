package app.patter.tool.mcp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class McpConnectionTest {

    private final ScriptedTransport server = new ScriptedTransport();
    private final McpConnections connections = new McpConnections(
            () -> new CancellableTransport(server), Duration.ofSeconds(60), progress -> {}, tools -> {});
    private final McpConnection connection = connections.get().join();

    @Test
    void whatNobodyUsesIsClosedWhenItIsRetired() {
        connection.use();
        connection.leave();
        assertFalse(server.closed());
        connection.retire();
        assertTrue(server.closed());
    }

    @Test
    void whatIsUnderWayOnARetiredConnectionGoesOn() {
        connection.use();
        connection.use();
        connection.retire();
        connection.leave();
        assertFalse(server.closed());
        connection.leave();
        assertTrue(server.closed());
    }

    @Test
    void closingDoesNotWaitForCalls() {
        connection.use();
        connection.close();
        assertTrue(server.closed());
    }

    @Test
    void aDroppedConnectionIsReplacedAndANewerOneStays() {
        assertSame(connection, connections.get().join());
        connections.drop(connection);
        McpConnection next = connections.get().join();
        assertNotSame(connection, next);
        connections.drop(connection);
        assertSame(next, connections.get().join());
    }

    @Test
    void afterTheEndThereIsNoConnection() {
        connections.close();
        assertTrue(server.closed());
        assertTrue(connections.get().isCompletedExceptionally());
    }
}
