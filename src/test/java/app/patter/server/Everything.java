package app.patter.server;

import app.patter.provider.NpmPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The Model Context Protocol's own test server, which nobody wrote who knew Patter, over HTTP or as a command. */
public final class Everything implements AutoCloseable {

    private static final NpmPackage PACKAGE =
            new NpmPackage("@modelcontextprotocol/server-everything@2026.8.31", "dist/index.js");

    private static final Pattern LISTENING = Pattern.compile("listening on port");

    private final Process process;
    private final int port;

    private Everything(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a free loopback port. Where it cannot be had the test is skipped, or fails if CI is "true". */
    public static Everything start() {
        Path program = program();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            ProcessBuilder builder =
                    new ProcessBuilder("node", program.toString(), "streamableHttp").redirectErrorStream(true);
            builder.environment().put("PORT", Integer.toString(port));
            Process process = builder.start();
            NpmPackage.listening(process, LISTENING);
            return new Everything(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that runs it over its standard input and output. */
    public static String command() {
        return "node \"" + program() + "\" stdio";
    }

    private static Path program() {
        return PACKAGE.installed("TESTS WITH AN MCP SERVER");
    }

    /** What an administrator gives as its address. */
    public String address() {
        return "http://127.0.0.1:" + port + "/mcp";
    }

    @Override
    public void close() {
        process.destroy();
    }
}
