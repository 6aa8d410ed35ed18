package app.patter.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Patter as a person starts it: an application server with the built WAR, as a process of its own on a free loopback port.
 * {@code -Dpatter.server=wildfly} and others choose the server, see {@link AppServer}.
 */
public final class PatterServer implements AutoCloseable {

    /** The most that its heap may take, as the JVM's option says it. */
    public static final String HEAP = System.getProperty("patter.test.heap", "512m");

    /** More options of its JVM. */
    private static final String JVM = System.getProperty("patter.test.jvm", "");

    private static final Duration START = Duration.ofMinutes(15);

    /** What befalls Payara now and then when it starts on a busy machine, long before it looks at Patter. */
    private static final Pattern STUMBLED = Pattern.compile(
            "Startup service failed to start\\s+MultiException.*\\s+java.util.ConcurrentModificationException");

    private final AppServer kind = AppServer.chosen();
    private final Path folder;
    private final int port;
    private final String context;
    private final Map<String, String> settings;
    private Process process;

    private PatterServer(Path folder, int port, String context, Map<String, String> settings) {
        this.folder = folder;
        this.port = port;
        this.context = context;
        this.settings = settings;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param folder   for its data and its log; a second server started there finds the first one's data
     * @param settings environment variables, such as PATTER_MODEL_URL
     */
    public static PatterServer start(Path folder, Map<String, String> settings) {
        PatterServer server = of(folder, settings);
        try {
            server.start();
        } catch (RuntimeException e) {
            server.kill();
            throw e;
        }
        return server;
    }

    /** A server that is not started yet. */
    static PatterServer of(Path folder, Map<String, String> settings) {
        return at("/", folder, settings);
    }

    /** A server that is not started yet, with Patter under a context path, such as {@code /chat}. */
    static PatterServer at(String context, Path folder, Map<String, String> settings) {
        return new PatterServer(folder, freePort(), context, new TreeMap<>(settings));
    }

    /** Starts it again at the same address with the same data. */
    public void start() {
        launch();
        try {
            awaitReady();
        } catch (IllegalStateException e) {
            if (!STUMBLED.matcher(log()).find()) {
                throw e;
            }
            System.err.println("The server stumbled over itself while it started; it is started once more.");
            process.destroyForcibly();
            await();
            launch();
            awaitReady();
        }
    }

    /** Waits until it answers. */
    void awaitReady() {
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            boolean refused = log().contains("Exception while loading the app");
            if (refused || !process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("Patter did not start:\n" + log());
            }
            pause();
        }
    }

    /** Starts the process without waiting for an answer, for tests of starts that must fail. */
    public void launch() {
        createFolder();
        ProcessBuilder builder = kind.process(folder, port, context)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PATTER_"));
        environment.put("PATTER_DATA", folder.resolve("data").toString());
        environment.put("PATTER_URL", address().toString());
        environment.put("PATTER_DISCOVERY", "off");
        environment.put("PATTER_TITLES", "off");
        environment.put("PATTER_OWN_PROCESS", "on");
        environment.put("PATTER_PASSWORD_ITERATIONS", "10000"); // a login is no second of computing then
        environment.put("PATTER_ANSWERS_PER_ACCOUNT", "10000"); // one person asks for many
        environment.put("PATTER_MESSAGES_PER_MINUTE", "100000");
        if (!JVM.isEmpty()) {
            environment.put("JDK_JAVA_OPTIONS", JVM);
        }
        environment.putAll(settings);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try {
            HttpRequest request = HttpRequest.newBuilder(address().resolve("health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process at once, without a chance to save anything: SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Asks the process to end: SIGTERM. */
    public void stop() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                throw new IllegalStateException("Patter did not end within a minute:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The address of Patter, with a slash at its end. */
    public URI address() {
        return URI.create("http://localhost:" + port + (context.endsWith("/") ? context : context + "/"));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What the process that has ended answered to its parent. */
    int exitStatus() {
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    /** Everything that the process has printed or, where its server keeps a fuller log, logged. */
    public String log() {
        try {
            Path kept = kind.log(folder);
            // GlassFish now and then prints all that it should log, and leaves the file empty.
            Path file = Files.exists(kept) && Files.size(kept) > 0 ? kept : logFile();
            return Files.exists(file) ? wholeLog(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With what the server has put aside of it, under longer names that end with the time. */
    private static String wholeLog(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (Stream<Path> files = Files.list(file.getParent())) {
            List<Path> aside = files.filter(
                            path -> path.getFileName().toString().startsWith(name + "_"))
                    .sorted()
                    .toList();
            StringBuilder all = new StringBuilder();
            for (Path path : aside) {
                all.append(Files.readString(path));
            }
            return all.append(Files.readString(file)).toString();
        }
    }

    /** Whether a log has a stack trace of Patter; servers write their own when a connection breaks. */
    static boolean tracesPatter(String log) {
        return log.lines().anyMatch(line -> line.startsWith("\tat ") && line.contains("app.patter"));
    }

    private Path logFile() {
        return folder.resolve("patter.log");
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    /** A port that nothing listens on. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
