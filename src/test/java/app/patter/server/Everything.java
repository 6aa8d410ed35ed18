package app.patter.server;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The Model Context Protocol's own test server, which nobody wrote who knew Patter, over HTTP or as a command. */
public final class Everything implements AutoCloseable {

    private static final String PACKAGE = "@modelcontextprotocol/server-everything@2026.8.31";
    private static final Path FOLDER = Path.of("target/mcp-everything").toAbsolutePath();
    private static final Path PROGRAM =
            FOLDER.resolve("node_modules/@modelcontextprotocol/server-everything/dist/index.js");

    private static final String MISSING =
            "TOOL TESTS ARE SKIPPED: they need Node 20 with npm, which has to be able to install " + PACKAGE
                    + ". On Debian: apt-get install nodejs npm";

    private final Process process;
    private final int port;

    private Everything(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a free loopback port. Where it cannot be had the test is skipped, or fails if CI is "true". */
    public static Everything start() {
        command();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            ProcessBuilder builder =
                    new ProcessBuilder("node", PROGRAM.toString(), "streamableHttp").redirectErrorStream(true);
            builder.environment().put("PORT", Integer.toString(port));
            Process process = builder.start();
            awaitListening(process);
            return new Everything(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that runs it over its standard input and output; installs it first. */
    public static String command() {
        try {
            install();
        } catch (IOException | InterruptedException e) {
            System.err.println(MISSING + " (" + e.getMessage() + ")");
            if ("true".equals(System.getenv("CI"))) {
                return fail(MISSING, e);
            }
            return abort(MISSING);
        }
        return "node \"" + PROGRAM + "\" stdio";
    }

    private static synchronized void install() throws IOException, InterruptedException {
        if (Files.exists(PROGRAM)) {
            return;
        }
        Files.createDirectories(FOLDER);
        File log = FOLDER.resolve("npm.log").toFile();
        List<String> command = List.of(
                "npm",
                "install",
                "--prefix",
                FOLDER.toString(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-save",
                PACKAGE);
        Process npm = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (!npm.waitFor(3, TimeUnit.MINUTES)) {
            npm.destroyForcibly();
            throw new IOException("npm took more than three minutes");
        }
        if (npm.exitValue() != 0) {
            throw new IOException("npm failed, see " + log);
        }
    }

    private static void awaitListening(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder printed = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            if (line.contains("listening on port")) {
                var unused = CompletableFuture.runAsync(() -> output.lines().forEach(more -> {}));
                return;
            }
        }
        throw new IOException("it ended at once: " + printed);
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
