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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where Patter keeps its data during a run: its own H2 file, a given PostgreSQL, or one started for the run. */
abstract class Database implements AutoCloseable {

    private static final Path POSTGRES = Path.of("/usr/lib/postgresql/15/bin");

    /** Settings that let Patter use it. */
    Map<String, String> settings() {
        return Map.of();
    }

    abstract String name();

    abstract Connection connect() throws SQLException;

    /** A connection that may write, while Patter does not run. */
    abstract Connection open() throws SQLException;

    /** Bytes that it takes on the disk, of tables and indexes. */
    abstract long size();

    /** Bytes that have been written to it so far, its log included, by the server with this process id. */
    abstract long written(long server);

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

            @Override
            Connection open() throws SQLException {
                // Patter's file says that it stays open after its last connection.
                return DriverManager.getConnection("jdbc:h2:file:" + data.resolve("patter") + ";DB_CLOSE_DELAY=0");
            }

            @Override
            long size() {
                try {
                    return Files.size(data.resolve("patter.mv.db"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            long written(long server) {
                return Proc.written(server);
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

        @Override
        Connection open() throws SQLException {
            return connect();
        }

        @Override
        long size() {
            return ask("select pg_total_relation_size('conversation') + pg_total_relation_size('message')"
                    + " + pg_total_relation_size('message_segment')");
        }

        @Override
        long written(long server) {
            return ask("select cast(pg_current_wal_lsn() - '0/0' as bigint)");
        }

        private long ask(String question) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(question)) {
                row.next();
                return row.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
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
                Run.sleep(100);
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

    /**
     * Makes a conversation of many messages, in which questions and answers alternate. The answers are stopped ones, which
     * {@link #answers} leaves out.
     *
     * @param owner name of an account
     */
    void fill(UUID conversation, String owner, int messages) {
        try (Connection connection = open()) {
            connection.setAutoCommit(false);
            update(
                    connection,
                    "insert into conversation (id, owner_id, title, revision, created, updated)"
                            + " select cast(? as uuid), id, 'Long', 1, current_timestamp, current_timestamp"
                            + " from account where name = ?",
                    conversation.toString(),
                    owner);
            UUID parent = null;
            for (int sequence = 1; sequence <= messages; sequence++) {
                parent = add(connection, conversation, parent, sequence);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UUID add(Connection connection, UUID conversation, @Nullable UUID parent, int sequence)
            throws SQLException {
        UUID id = UUID.randomUUID();
        boolean question = sequence % 2 == 1;
        update(
                connection,
                "insert into message (id, conversation_id, parent_id, sequence, role, state, fence, model, born, revision,"
                        + " created, ended) values (?, ?, ?, ?, ?, ?, 0, ?, 1, 1, current_timestamp, current_timestamp)",
                id,
                conversation,
                parent,
                sequence,
                question ? "USER" : "ASSISTANT",
                question ? "DONE" : "STOPPED",
                question ? null : "openai/word");
        update(
                connection,
                "insert into message_segment (id, message_id, ordinal, kind, continues, text, revision, created, closed)"
                        + " values (?, ?, 1, 'TEXT', false, ?, 1, current_timestamp, current_timestamp)",
                UUID.randomUUID(),
                id,
                "Ten words of a message that is as long. ".repeat(5));
        return id;
    }

    private static void update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** All text that the models have written, by conversation. */
    Map<UUID, String> answers() {
        Map<UUID, StringBuilder> answers = new HashMap<>();
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("select m.conversation_id, s.text from message_segment s"
                                + " join message m on m.id = s.message_id where m.role = 'ASSISTANT'"
                                + " order by m.conversation_id, m.sequence, s.ordinal");
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
