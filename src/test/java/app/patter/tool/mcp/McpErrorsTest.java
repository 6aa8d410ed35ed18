package app.patter.tool.mcp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.text.Messages;
import app.patter.tool.Permission;
import app.patter.tool.ToolServer;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What is told goes to everybody who chats, to providers and into the log. */
class McpErrorsTest {

    private static ToolServer server(ToolServer.Kind kind, String address) {
        return new ToolServer("s", "Server", kind, address, null, "", Permission.ASK, false);
    }

    private static List<Throwable> faults() {
        return List.of(
                new ConnectException("refused"),
                new UnresolvedAddressException(),
                new SSLHandshakeException("PKIX"),
                new SSLHandshakeException("expired") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public synchronized Throwable getCause() {
                        return new CertificateExpiredException();
                    }
                },
                new SSLException("no TLS"),
                new IOException("server responded with status code 404"),
                new IOException("status: 401"),
                new McpTransportSessionNotFoundException("7"),
                new IllegalStateException("odd"));
    }

    private static String words(Throwable fault, ToolServer server) {
        return Messages.english().text(McpErrors.of(fault, server));
    }

    @Test
    void noFaultTellsMoreOfAnAddressThanItsHost() {
        for (Throwable fault : faults()) {
            String told = words(
                    fault,
                    server(ToolServer.Kind.HTTP, "https://tools.example:8443/s/path-secret/mcp?key=query-secret"));
            assertFalse(told.contains("secret"), told);
            told = words(fault, server(ToolServer.Kind.COMMAND, "run --token arg-secret"));
            assertFalse(told.contains("secret"), told);
        }
        assertTrue(words(new ConnectException(), server(ToolServer.Kind.HTTP, "https://tools.example:8443/mcp"))
                .contains("Nothing answers at tools.example:8443."));
    }

    @Test
    void aForgottenConnectionIsNotCalledAWrongAddress() {
        String told = words(
                new McpTransportSessionNotFoundException("7"),
                server(ToolServer.Kind.HTTP, "https://tools.example/mcp"));
        assertTrue(told.contains("forgotten"), told);
        assertFalse(told.contains("path"), told);
    }

    @Test
    void onlyAMissingSessionIsCalledLost() {
        ToolServer server = server(ToolServer.Kind.HTTP, "https://tools.example/mcp");
        String gone = "Cannot invoke \"McpClientSession.sendRequest()\" because the return value of"
                + " \"io.modelcontextprotocol.client.LifecycleInitializer$Initialization.mcpSession()\" is null";
        assertTrue(words(new NullPointerException(gone), server).contains("lost this connection"));
        String empty = "Cannot invoke \"Object.hashCode()\" because the return value of"
                + " \"io.modelcontextprotocol.spec.McpSchema$InitializeResult.capabilities()\" is null";
        assertFalse(words(new NullPointerException(empty), server).contains("lost this connection"));
        assertFalse(words(new NullPointerException(), server).contains("lost this connection"));
    }

    @Test
    void whatACommandSendsIsNoReasonToSayThatItWasNotStarted() {
        String told = words(
                new IllegalArgumentException(new IOException("unknown type")),
                server(ToolServer.Kind.COMMAND, "run --token secret"));
        assertFalse(told.contains("started"), told);
    }
}
