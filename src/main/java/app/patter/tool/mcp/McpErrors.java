package app.patter.tool.mcp;

import app.patter.net.CertificateFault;
import app.patter.tool.ToolException;
import app.patter.tool.ToolServer;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Says why a server of tools cannot be asked, and what to do. Pure. */
final class McpErrors {

    private static final Pattern STATUS = Pattern.compile("(?i)(?:status|code)\\D{0,12}([1-5]\\d\\d)\\b");

    /** What the SDK says to all calls of a session that is over, however far they came; it has no type for it,
     * and sometimes trips over what is gone. */
    private static final String SESSION_ENDED = "MCP session with server terminated";

    private McpErrors() {}

    static String message(Throwable thrown, ToolServer server) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ToolException known) {
                return known.message();
            }
            String told = messageFor(cause, server);
            if (!told.isEmpty()) {
                return told;
            }
        }
        return "It does not speak the Model Context Protocol" + at(server) + " ("
                + thrown.getClass().getSimpleName() + "). Check the address.";
    }

    private static String messageFor(Throwable cause, ToolServer server) {
        if (cause instanceof UnresolvedAddressException) {
            return "No host has this name" + at(server) + ". Check the address.";
        }
        if (cause instanceof SSLException) {
            return has(cause, CertificateException.class)
                    ? certificate(cause, server)
                    : "No safe connection could be agreed on" + at(server) + ". If it speaks plain http, say so in the"
                            + " address.";
        }
        if (cause instanceof ConnectException) {
            return cause.getCause() instanceof UnresolvedAddressException
                    ? "No host has this name" + at(server) + ". Check the address."
                    : "Nothing answers" + at(server) + ". Start the server, or check the address.";
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "It did not answer in time. Look whether it is overloaded, or ends by itself, and try again.";
        }
        if (server.kind() == ToolServer.Kind.COMMAND && cause instanceof IOException) {
            return "The command cannot be started. Check that its first word is a program that Patter's user may run.";
        }
        if (cause instanceof McpHttpClientTransportAuthorizationException refused) {
            return status(refused.getResponseInfo().statusCode(), server);
        }
        if (cause instanceof McpTransportSessionNotFoundException) {
            return "It has forgotten this connection, as after its restart. Try again.";
        }
        if (SESSION_ENDED.equals(cause.getMessage()) || cause instanceof NullPointerException) {
            return "It has lost this connection, as after its restart; whether it made the call is not known. Try again.";
        }
        Matcher status = STATUS.matcher(String.valueOf(cause.getMessage()));
        return status.find() ? status(Integer.parseInt(status.group(1)), server) : "";
    }

    private static String certificate(Throwable cause, ToolServer server) {
        return switch (CertificateFault.of(cause)) {
            case EXPIRED -> "Its certificate has expired" + at(server) + ". Renew it there.";
            case NOT_YET -> "Its certificate is not valid yet" + at(server) + ". Look whether the clocks are right.";
            case OTHER_NAME -> "Its certificate is for another name" + at(server) + ". Use the name it was made for.";
            case UNKNOWN_ISSUER ->
                "Its certificate is not valid here" + at(server)
                        + ": nobody known has signed it. Add its authority to Java's trust store.";
        };
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Host and port, but for people who may not see more: the path and the query of an address may hold a key, and so may
     * every word of a command.
     */
    private static String at(ToolServer server) {
        if (server.kind() == ToolServer.Kind.COMMAND) {
            return "";
        }
        URI address = URI.create(server.address());
        return " at " + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private static String status(int status, ToolServer server) {
        return switch (status) {
            case 401, 403 ->
                "It refused the key (status " + status + "). "
                        + (server.secret() == null ? "Give it a key." : "Give it another one.");
            case 404, 405 ->
                "There is no Model Context Protocol" + at(server) + " (status " + status + "). The path is often /mcp.";
            default -> "It answered with status " + status + ". Look into its log.";
        };
    }
}
