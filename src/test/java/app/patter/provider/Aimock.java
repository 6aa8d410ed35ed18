package app.patter.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The provider emulator {@code @copilotkit/aimock} as a process of its own on a free loopback port. Nobody who wrote it
 * knew Patter. It answers as {@code aimock.json} says.
 */
final class Aimock implements AutoCloseable {

    private static final NpmPackage PACKAGE = new NpmPackage("@copilotkit/aimock@1.43.0", "dist/cli.js");
    private static final Path ANSWERS = Path.of("src/test/resources/app/patter/provider/aimock.json");

    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

    private final Process process;
    private final URI address;

    private Aimock(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one. Where it cannot be had the test is skipped, or fails if the variable CI is "true". */
    static Aimock start() {
        Path program = PACKAGE.installed("AIMOCK TESTS");
        try {
            Process process = new ProcessBuilder(
                            "node", program.toString(), "-p", "0", "-f", ANSWERS.toString(), "--strict")
                    .redirectErrorStream(true)
                    .start();
            return new Aimock(
                    process, URI.create(NpmPackage.listening(process, LISTENING).group(1)));
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
