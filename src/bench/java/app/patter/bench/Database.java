package app.patter.bench;

import app.patter.server.PatterServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Where Patter keeps its data during a run: its own H2 file, a given PostgreSQL, or one started for the run. */
abstract class Database implements AutoCloseable {

    private static final Path POSTGRES = Path.of("/usr/lib/postgresql/15/bin");

    /** Settings that let Patter use it. */
    Map<String, String> settings() {
        return Map.of();
    }

    abstract String name();

    abstract Connection connect() throws SQLException;

    @Override
    public void close() {}

    /** What Patter has when nothing is set. */
    static Database embedded(Path data) {
        return new Database() {
            @Override
            String name() {
                return "H2";
            }

            @Override
            Connection connect() throws SQLException {
                return DriverManager.getConnection("jdbc:h2:file:" + data.resolve("patter") + ";ACCESS_MODE_DATA=r");
            }
        };
    }

    /** Whether there is a PostgreSQL to measure with. */
    static boolean hasPostgres() {
        return System.getenv("PATTER_BENCH_DB") != null || Files.isExecutable(POSTGRES.resolve("initdb"));
    }

    /** The one that PATTER_BENCH_DB names (an empty database), or Debian's, started for this run. */
    static Database postgres() throws IOException {
        String given = System.getenv("PATTER_BENCH_DB");
        return given == null ? new Started(Files.createTempDirectory("patter-bench-pg")) : new Postgres(given);
    }

    private static class Postgres extends Database {
        private final String url;

        Postgres(String url) {
            this.url = url;
        }

        @Override
        String name() {
            return "PostgreSQL";
        }

        @Override
        Map<String, String> settings() {
            return Map.of("PATTER_DB_URL", url);
        }

        @Override
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url);
        }
    }

    private static final class Started extends Postgres {
        private final Path folder;
        private final Process process;

        Started(Path folder) {
            this(folder, PatterServer.freePort());
        }

        private Started(Path folder, int port) {
            super("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=patter");
            this.folder = folder;
            try {
                if (asRoot()) {
                    finish(start("chown", "postgres", folder.toString()));
                }
                String data = folder.resolve("data").toString();
                finish(start(bin("initdb", "-A", "trust", "-U", "patter", "-E", "UTF8", "--locale=C", "-D", data)));
                process = start(bin("postgres", "-D", data, "-p", "" + port, "-h", "127.0.0.1", "-k", ""));
                await();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** PostgreSQL refuses to run as root; Debian made a user for it. */
        private static boolean asRoot() {
            return "root".equals(System.getProperty("user.name"));
        }

        private static String[] bin(String program, String... arguments) {
            List<String> command = new ArrayList<>();
            if (asRoot()) {
                // replaces itself by the program, so that ending this process ends PostgreSQL
                command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
            }
            command.add(POSTGRES.resolve(program).toString());
            command.addAll(List.of(arguments));
            return command.toArray(String[]::new);
        }

        private Process start(String... command) throws IOException {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        }

        private void await() {
            for (int tries = 0; ; tries++) {
                try (Connection connection = connect()) {
                    return;
                } catch (SQLException e) {
                    if (tries > 100 || !process.isAlive()) {
                        throw new IllegalStateException("PostgreSQL did not start; see its log in " + folder, e);
                    }
                }
                Bench.sleep(100);
            }
        }

        private static void finish(Process process) {
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new IllegalStateException("failed: " + process.info());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            process.destroy(); // SIGTERM ends it once its clients are gone, and they are
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** All text that the models have written, by conversation. */
    Map<UUID, String> answers() {
        Map<UUID, StringBuilder> answers = new HashMap<>();
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("select m.conversation_id, s.text from message_segment s"
                                + " join message m on m.id = s.message_id where m.role = 'ASSISTANT'"
                                + " and m.state = 'DONE' order by m.conversation_id, m.sequence, s.ordinal");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                answers.computeIfAbsent(rows.getObject(1, UUID.class), id -> new StringBuilder())
                        .append(rows.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Map<UUID, String> texts = new HashMap<>();
        answers.forEach((id, text) -> texts.put(id, text.toString()));
        return texts;
    }
}
