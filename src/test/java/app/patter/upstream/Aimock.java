package app.patter.upstream;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The provider emulator {@code @copilotkit/aimock} as a process of its own on a free loopback port. Nobody who wrote it
 * knew Patter. It answers as {@code aimock.json} says.
 */
final class Aimock implements AutoCloseable {

    private static final String PACKAGE = "@copilotkit/aimock@1.43.0";
    private static final Path FOLDER = Path.of("target/aimock");
    private static final Path PROGRAM = FOLDER.resolve("node_modules/@copilotkit/aimock/dist/cli.js");
    private static final Path ANSWERS = Path.of("src/test/resources/app/patter/upstream/aimock.json");

    private static final String MISSING =
            "AIMOCK TESTS ARE SKIPPED: they need Node 20 with npm, which has to be able to" + " install " + PACKAGE
                    + ". On Debian: apt-get install nodejs npm";

    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

    private final Process process;
    private final URI address;

    private Aimock(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one. Where it cannot be had the test is skipped, or fails if the variable CI is "true". */
    static Aimock start() {
        try {
            install();
            Process process = new ProcessBuilder(
                            "node", PROGRAM.toString(), "-p", "0", "-f", ANSWERS.toString(), "--strict")
                    .redirectErrorStream(true)
                    .start();
            return new Aimock(process, listening(process));
        } catch (IOException | InterruptedException e) {
            System.err.println(MISSING + " (" + e.getMessage() + ")");
            if ("true".equals(System.getenv("CI"))) {
                return fail(MISSING, e);
            }
            return abort(MISSING);
        }
    }

    private static void install() throws IOException, InterruptedException {
        if (Files.exists(PROGRAM)) {
            return;
        }
        Files.createDirectories(FOLDER);
        File log = FOLDER.resolve("npm.log").toFile();
        Process npm = new ProcessBuilder(List.of(
                        "npm",
                        "install",
                        "--prefix",
                        FOLDER.toString(),
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--no-save",
                        PACKAGE))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (!npm.waitFor(2, TimeUnit.MINUTES)) {
            npm.destroyForcibly();
            throw new IOException("npm took more than two minutes");
        }
        if (npm.exitValue() != 0) {
            throw new IOException("npm failed, see " + log);
        }
    }

    /** Reads what it prints until it says where it listens, and throws the rest away. */
    private static URI listening(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder printed = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                var unused = CompletableFuture.runAsync(() -> skip(output));
                return URI.create(listening.group(1));
            }
        }
        throw new IOException("it ended at once: " + printed);
    }

    private static void skip(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // nobody reads it
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address, with a path below it. */
    URI address(String path) {
        return address.resolve(path);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
