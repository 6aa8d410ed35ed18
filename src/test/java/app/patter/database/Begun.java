package app.patter.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The beginning of Patter's start in a process of its own, without a server: what a supervisor and an administrator see.
 *
 * @param status what the process ended with; 0 where nothing stood in the way
 */
public record Begun(int status, String log) {

    public static void main(String[] arguments) {
        StartupCheck.check();
    }

    static Begun of(Map<String, String> settings) {
        return of(settings, List.of(), entry -> true);
    }

    /** Runs another program than the start, on Patter's class path and with these settings, and waits for its end. */
    public static Begun of(Class<?> program, Map<String, String> settings) {
        return of(program, settings, List.of(), entry -> true);
    }

    /**
     * Starts it and waits for its end.
     *
     * @param wrapper   a command that runs it, with its arguments
     * @param classPath says which entries of the class path it has
     */
    public static Begun of(Map<String, String> settings, List<String> wrapper, Predicate<String> classPath) {
        return of(Begun.class, settings, wrapper, classPath);
    }

    private static Begun of(
            Class<?> program, Map<String, String> settings, List<String> wrapper, Predicate<String> classPath) {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                List.of(path.split(":")).stream().filter(classPath).collect(Collectors.joining(":")),
                program.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PATTER_"));
        builder.environment().put("PATTER_OWN_PROCESS", "on");
        builder.environment().putAll(settings);
        try {
            Process process = builder.start();
            String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Begun(process.waitFor(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
