package app.patter.tool.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.tool.Permission;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolInvocation;
import app.patter.tool.ToolServer;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.json.JsonValue;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class McpServerTest {

    private static final String TOOLS =
            "{\"tools\":[{\"name\":\"echo\",\"description\":\"Echoes\",\"inputSchema\":{\"type\":\"object\"}}]}";
    private static final String HI = "{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"isError\":false}";

    private final List<ScriptedTransport> connections = new ArrayList<>();
    private boolean unreachable;
    private final McpServer server = new McpServer(
            new ToolServer("s", "Server", ToolServer.Kind.HTTP, "http://host:1/mcp", null, "", Permission.ASK, false),
            this::connect,
            ScriptedTransport.JSON,
            Duration.ofSeconds(60));

    private CancellableTransport connect() {
        if (unreachable) {
            throw new CompletionException(new ConnectException("refused"));
        }
        ScriptedTransport transport = new ScriptedTransport().answers("tools/list", TOOLS);
        connections.add(transport);
        return new CancellableTransport(transport);
    }

    private ToolInvocation call() {
        return server.call("echo", JsonValue.EMPTY_JSON_OBJECT, progress -> {});
    }

    @Test
    void itsToolsAreKnownOnceItWasAsked() {
        assertFalse(server.listing().asked());
        server.refresh().join();
        assertTrue(server.listing().asked());
        assertEquals("", server.listing().problem());
        assertEquals(
                List.of("echo"),
                server.listing().tools().stream().map(McpSchema.Tool::name).toList());
        assertTrue(server.looked().isDone());
    }

    @Test
    void aServerThatCannotBeReachedSaysWhyAndIsConnectedLater() {
        unreachable = true;
        server.refresh().join();
        assertTrue(
                server.listing().problem().contains("Nothing answers at host:1"),
                server.listing().problem());
        assertTrue(server.looked().isDone());
        unreachable = false;
        server.refresh().join();
        assertEquals("", server.listing().problem());
        assertEquals(1, server.listing().tools().size());
    }

    @Test
    void callsShareOneConnection() {
        server.refresh().join();
        connections.get(0).answers("tools/call", HI);
        assertEquals("hi", call().answer().join().text());
        assertEquals("hi", call().answer().join().text());
        assertEquals(1, connections.size());
    }

    @Test
    void aCancelledCallEndsAndItsServerIsTold() {
        server.refresh().join();
        ToolInvocation call = call();
        assertFalse(call.answer().isDone());
        call.cancel().run();
        call.cancel().run();
        ToolAnswer answer = call.answer().join();
        assertTrue(answer.failed());
        assertEquals(
                1,
                connections.get(0).methods().stream()
                        .filter("notifications/cancelled"::equals)
                        .count());
    }

    @Test
    void afterItsEndNobodyIsAsked() {
        server.refresh().join();
        server.close();
        assertTrue(connections.get(0).closed());
        CompletionException e =
                assertThrows(CompletionException.class, () -> call().answer().join());
        assertTrue(e.getMessage().contains("This server was removed."), e.getMessage());
        assertEquals(1, connections.size());
    }
}
