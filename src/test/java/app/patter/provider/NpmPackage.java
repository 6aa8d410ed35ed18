package app.patter.provider;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program from the npm registry that tests run beside Patter, installed under {@code target} when it is first wanted.
 *
 * @param name    with its version
 * @param program path of the program in the package
 */
public record NpmPackage(String name, String program) {

    /**
     * The installed program. Where it cannot be had the test is skipped, or fails if the variable CI is "true".
     *
     * @param what what is skipped
     */
    public Path installed(String what) {
        String plain = name.substring(0, name.lastIndexOf('@'));
        Path folder = Path.of("target", plain.replaceAll("[^a-z]+", "-").replaceAll("^-", ""))
                .toAbsolutePath();
        Path installed = folder.resolve("node_modules").resolve(plain).resolve(program);
        try {
            installOnce(folder, installed);
            return installed;
        } catch (IOException | InterruptedException e) {
            String missing = what + " ARE SKIPPED: they need Node 20 with npm, which has to be able to install " + name
                    + ". On Debian: apt-get install nodejs npm";
            System.err.println(missing + " (" + e.getMessage() + ")");
            return "true".equals(System.getenv("CI")) ? fail(missing, e) : abort(missing);
        }
    }

    /** Tests run in more than one process, and there in more than one thread. */
    private synchronized void installOnce(Path folder, Path installed) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
                FileLock ignored = channel.lock()) {
            install(folder, installed);
        }
    }

    private void install(Path folder, Path installed) throws IOException, InterruptedException {
        if (Files.exists(installed)) {
            return;
        }
        File log = folder.resolve("npm.log").toFile();
        List<String> command = List.of(
                "npm",
                "install",
                "--prefix",
                folder.toString(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-save",
                name);
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

    /** Reads what a process prints until it says where it listens, and throws the rest away. */
    public static Matcher listening(Process process, Pattern listening) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder printed = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            Matcher found = listening.matcher(line);
            if (found.find()) {
                var unused = CompletableFuture.runAsync(() -> output.lines().forEach(more -> {}));
                return found;
            }
        }
        throw new IOException("it ended at once: " + printed);
    }
}
