package app.patter.tool.mcp;

import app.patter.net.CertificateFault;
import app.patter.net.NetworkFault;
import app.patter.text.CodedText;
import app.patter.tool.ToolException;
import app.patter.tool.ToolServer;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says why a server of tools cannot be asked, and what to do. Pure. */
final class McpErrors {

    private static final Pattern STATUS = Pattern.compile("(?i)(?:status|code)\\D{0,12}([1-5]\\d\\d)\\b");

    /** What the SDK says to all calls of a session that is over, however far they came; it has no type for it. */
    private static final String SESSION_ENDED = "MCP session with server terminated";

    /** The SDK's calls trip over a session that it begins again just then; no other null is that. */
    private static final Pattern SESSION_GONE = Pattern.compile(
            "the return value of \"[^\"]*LifecycleInitializer\\$\\w*Initialization\\.\\w+\\(\\)\" is null");

    private McpErrors() {}

    /** What to tell a person, and what to do. */
    static CodedText of(Throwable thrown, ToolServer server) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ToolException known) {
                return McpErrorCode.OTHER.with(known.message());
            }
            CodedText error = known(cause, server);
            if (error != null) {
                return error;
            }
        }
        return at(McpErrorCode.NO_PROTOCOL, server, thrown.getClass().getSimpleName());
    }

    private static @Nullable CodedText known(Throwable cause, ToolServer server) {
        CodedText fault = NetworkFault.at(cause)
                .map(network -> network(network, cause, server))
                .orElse(null);
        if (fault != null) {
            return fault;
        }
        if (cause instanceof CommandTransport.NotStartedException) {
            return McpErrorCode.COMMAND_NOT_STARTED.with();
        }
        boolean neverSpoke = cause instanceof CommandTransport.EndedException ended && !ended.spoke;
        if (neverSpoke
                || (cause instanceof McpError
                        && String.valueOf(cause.getMessage()).startsWith(CommandTransport.ENDED))) {
            return McpErrorCode.COMMAND_ENDED.with();
        }
        if (cause instanceof McpHttpClientTransportAuthorizationException refused) {
            return status(refused.getResponseInfo().statusCode(), server);
        }
        if (cause instanceof McpTransportSessionNotFoundException) {
            return McpErrorCode.SESSION_FORGOTTEN.with();
        }
        if (isSessionLost(cause)) {
            return McpErrorCode.SESSION_LOST.with();
        }
        Matcher status = STATUS.matcher(String.valueOf(cause.getMessage()));
        return status.find() ? status(Integer.parseInt(status.group(1)), server) : null;
    }

    private static boolean isSessionLost(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof CommandTransport.EndedException
                || message.equals(SESSION_ENDED)
                || (cause instanceof NullPointerException
                        && SESSION_GONE.matcher(message).find());
    }

    private static @Nullable CodedText network(NetworkFault fault, Throwable cause, ToolServer server) {
        return switch (fault) {
            case UNKNOWN_HOST -> at(McpErrorCode.UNKNOWN_HOST, server);
            case CERTIFICATE -> at(certificate(cause), server);
            case NO_SECURE_CONNECTION -> at(McpErrorCode.NO_SECURE_CONNECTION, server);
            case REFUSED -> at(McpErrorCode.CONNECTION_REFUSED, server);
            case TIMEOUT -> McpErrorCode.TIMEOUT.with();
            case NO_HTTP, CLOSED, OTHER -> null;
        };
    }

    private static McpErrorCode certificate(Throwable cause) {
        return switch (CertificateFault.of(cause)) {
            case EXPIRED -> McpErrorCode.CERTIFICATE_EXPIRED;
            case NOT_YET -> McpErrorCode.CERTIFICATE_NOT_YET_VALID;
            case OTHER_NAME -> McpErrorCode.CERTIFICATE_OTHER_NAME;
            case UNKNOWN_ISSUER -> McpErrorCode.CERTIFICATE_UNKNOWN_ISSUER;
        };
    }

    private static CodedText status(int status, ToolServer server) {
        return switch (status) {
            case 401, 403 ->
                (server.secret() == null ? McpErrorCode.KEY_WANTED : McpErrorCode.KEY_REFUSED).with(status);
            case 404, 405 -> at(McpErrorCode.NOT_FOUND, server, status);
            default -> McpErrorCode.STATUS.with(status);
        };
    }

    /** A text that says where the server is, as far as {@link #place} tells. */
    private static CodedText at(McpErrorCode code, ToolServer server, Object... more) {
        String place = place(server);
        List<Object> arguments = new ArrayList<>(List.of(place.length(), place));
        arguments.addAll(List.of(more));
        return code.with(arguments.toArray());
    }

    /**
     * Host and port, but for people who may not see more: the path and the query of an address may hold a key, and so may
     * every word of a command.
     */
    private static String place(ToolServer server) {
        if (server.kind() == ToolServer.Kind.COMMAND) {
            return "";
        }
        URI address = URI.create(server.address());
        return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }
}
