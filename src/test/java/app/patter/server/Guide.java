package app.patter.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The guide to self-hosting, whose commands are tried as they stand there. */
final class Guide {

    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private final PatterServer server;
    private final Map<String, String> places;
    private final Map<String, String> environment;

    /**
     * The guide as it applies to one Patter.
     *
     * @param server      what {@code systemctl} stops and starts
     * @param places      what to write instead of the guide's paths, and of {@code sudo}
     * @param environment for the commands, such as where PostgreSQL is
     */
    Guide(PatterServer server, Map<String, String> places, Map<String, String> environment) {
        this.server = server;
        this.places = places;
        this.environment = environment;
    }

    /** Does what the first commands after a sentence say. */
    void follow(String sentence) {
        commands(sentence).forEach(this::run);
    }

    private static List<String> commands(String sentence) {
        try {
            String guide = Files.readString(AppServer.files("../docs").resolve("self-hosting.md"));
            int from = guide.indexOf(sentence);
            Matcher commands = COMMANDS.matcher(guide);
            if (from < 0 || !commands.find(from)) {
                throw new IllegalStateException("docs/self-hosting.md has no commands after \"" + sentence + "\"");
            }
            return commands.group(1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String command) {
        switch (command) {
            case "systemctl stop patter" -> server.stop();
            case "systemctl start patter" -> server.start();
            default -> shell(command);
        }
    }

    private void shell(String command) {
        String here = command;
        for (Map.Entry<String, String> place : places.entrySet()) {
            here = here.replace(place.getKey(), place.getValue());
        }
        try {
            Path output = Files.createTempFile("patter-guide", ".log");
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", here)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            String said = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(here + " failed:\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
