package app.patter.server;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own for a test, in a temporary folder on a free loopback port. Durable as in production
 * ({@code fsync} on). Root may not run one, so root runs it as the user {@code postgres}.
 */
public final class Postgres implements AutoCloseable {

    private static final String USER = "patter";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path programs;
    private final Path folder;
    private final int port = PatterServer.freePort();

    private boolean frozen;

    private Postgres(Path programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    /** Starts one. Where PostgreSQL is not installed the test is skipped, or fails if the variable CI is "true". */
    public static Postgres start() {
        Path programs = programs().orElse(null);
        if (programs == null) {
            String missing = "PostgreSQL's server programs (initdb, pg_ctl) are not installed: this test needs them."
                    + " On Debian: apt-get install postgresql";
            System.err.println(missing);
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        try {
            Path folder = Files.createTempDirectory("patter-postgres");
            Postgres postgres = new Postgres(programs, folder);
            if (ROOT) {
                run(List.of("chown", "postgres", folder.toString()));
            }
            postgres.program("initdb", "-D", postgres.data(), "-U", USER, "--auth=trust", "-E", "UTF8", "--no-locale");
            postgres.up();
            try {
                postgres.execute("create database patter");
            } catch (RuntimeException e) {
                postgres.close();
                throw e;
            }
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of an administrator's. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> programs() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(":")) {
            folders.add(Path.of(folder));
        }
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            versions.sorted(Comparator.reverseOrder()).forEach(version -> folders.add(version.resolve("bin")));
        } catch (IOException e) {
            // not a Debian
        }
        return folders.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("pg_ctl")))
                .findFirst();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void program(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(name).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) {
        try {
            Path output = Files.createTempFile("patter-command", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(new java.io.File("/"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            String said = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " failed:\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again and waits until it takes connections. */
    public void up() {
        program(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on",
                "start");
    }

    /** Stops it as an administrator does, cutting all connections. */
    public void down() {
        program("pg_ctl", "-D", data(), "-w", "-m", "fast", "stop");
    }

    /** Ends it without a shutdown, as when the machine loses power. */
    public void crash() {
        program("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }

    /** Lets all its processes stand still: connections stay open and nothing answers. */
    public void freeze() {
        frozen = true;
        signal("STOP");
    }

    /** Lets them go on. */
    public void thaw() {
        signal("CONT");
        frozen = false;
    }

    private void signal(String name) {
        ProcessHandle.of(pid()).ifPresent(main -> Stream.concat(Stream.of(main), main.descendants())
                .filter(ProcessHandle::isAlive)
                .forEach(process -> signal(name, process)));
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            run(List.of("kill", "-" + name, Long.toString(process.pid())));
        } catch (IllegalStateException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    private long pid() {
        try (Stream<String> lines = Files.lines(folder.resolve("data").resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDBC address. */
    public String url() {
        return url("patter");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** What Patter has to be told to use it. */
    public Map<String, String> settings() {
        return Map.of("PATTER_DB_URL", url(), "PATTER_DB_USER", USER);
    }

    /** What PostgreSQL's own commands have to be told to reach it as that user. */
    Map<String, String> environment(String user) {
        String path = programs + ":" + System.getenv("PATH");
        return Map.of("PGHOST", "127.0.0.1", "PGPORT", Integer.toString(port), "PGUSER", user, "PATH", path);
    }

    /** Reads along. */
    public Database database() {
        return Database.at(url(), USER, "");
    }

    @Override
    public void close() {
        try {
            if (Files.exists(folder.resolve("data").resolve("postmaster.pid"))) {
                if (frozen) {
                    thaw();
                }
                crash();
            }
        } finally {
            try {
                SharedPatter.delete(folder);
            } catch (IOException e) {
                // a temporary folder stays behind
            }
        }
    }
}
