package app.patter.server;

import app.patter.markdown.LiveMarkdown;
import app.patter.markdown.Markdown;
import app.patter.markdown.PlainText;
import app.patter.text.CodedText;
import app.patter.text.Messages;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Patter's tables, read without Patter. */
public final class Database implements AutoCloseable {

    /** A row of the table of messages. */
    public record Row(
            UUID id, long sequence, String role, String state, String problem, long revision, boolean ended) {}

    private final Connection connection;
    private final Supplier<Connection> again;

    private Database(Supplier<Connection> again) {
        this.connection = again.get();
        this.again = again;
    }

    /** Opens the database at a JDBC address. */
    public static Database at(String url, String user, String password) {
        return new Database(() -> {
            try {
                return DriverManager.getConnection(url, user, password);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Opens a copy of the file that a Patter that has ended left in its data folder. */
    public static Database ofFile(Path data) {
        try {
            Path copy = Files.createTempDirectory("patter-copy").resolve("patter.mv.db");
            Files.copy(data.resolve("patter.mv.db"), copy);
            copy.toFile().deleteOnExit();
            return at("jdbc:h2:file:" + copy.resolveSibling("patter") + ";IFEXISTS=TRUE", "", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another connection to the same database, for locks. */
    Connection another() {
        return again.get();
    }

    /** Id of the account with this name. */
    synchronized UUID account(String name) {
        try (PreparedStatement statement = prepare("select id from account where name = ?", name);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getObject(1, UUID.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Revision of a conversation; −1 if there is none. */
    public long revision(UUID conversation) {
        return number("select revision from conversation where id = ?", conversation);
    }

    /** Answers the number in the first column of the first row; −1 if there is none. */
    public synchronized long number(String sql, Object... values) {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows, for what would take long to come about otherwise. */
    public synchronized void change(String sql, Object... values) {
        try (PreparedStatement statement = prepare(sql, values)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Changes something and keeps the lock on it until this is closed. */
    public synchronized void hold(String sql, Object... values) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        change(sql, values);
    }

    /** The messages of a conversation in their order. */
    public synchronized List<Row> messages(UUID conversation) {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = prepare(
                        "select id, sequence, role, state, problem, error, revision, ended from message"
                                + " where conversation_id = ? order by sequence",
                        conversation);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Row(
                        rows.getObject(1, UUID.class),
                        rows.getLong(2),
                        rows.getString(3),
                        rows.getString(4),
                        problem(rows.getString(5), rows.getString(6)),
                        rows.getLong(7),
                        rows.getObject(8) != null));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String problem(String words, String coded) {
        return coded == null ? words : Messages.english().text(CodedText.of(coded));
    }

    /** The last message of a conversation. */
    public Row last(UUID conversation) {
        List<Row> rows = messages(conversation);
        return rows.get(rows.size() - 1);
    }

    /** The text of each run of a conversation as the model wrote it, by the id that a page gives it. */
    public synchronized Map<String, String> texts(UUID conversation) {
        Map<String, StringBuilder> found = new LinkedHashMap<>();
        try (PreparedStatement statement = prepare(
                        "select m.sequence, s.ordinal, s.continues, s.text from message m"
                                + " join message_segment s on s.message_id = m.id"
                                + " where m.conversation_id = ? and s.kind not like 'TOOL%'"
                                + " order by m.sequence, s.ordinal",
                        conversation);
                ResultSet rows = statement.executeQuery()) {
            StringBuilder run = new StringBuilder();
            while (rows.next()) {
                if (!rows.getBoolean(3)) {
                    run = new StringBuilder();
                    found.put("r" + rows.getLong(1) + "-" + rows.getInt(2), run);
                }
                run.append(rows.getString(4));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Map<String, String> texts = Shown.ordered();
        found.forEach((id, text) -> texts.put(id, text.toString()));
        return texts;
    }

    /** The whole text of one message as it was written. */
    public String text(UUID conversation, long sequence) {
        StringBuilder text = new StringBuilder();
        texts(conversation).forEach((id, run) -> text.append(id.startsWith("r" + sequence + "-") ? run : ""));
        return text.toString();
    }

    /** What a page of the conversation has to show, when it has one branch. */
    public Shown shown(UUID conversation) {
        Map<String, String> texts = texts(conversation);
        Map<String, Shown.Run> runs = Shown.ordered();
        Map<Long, String> states = new TreeMap<>();
        for (Row row : messages(conversation)) {
            states.put(row.sequence(), row.state().toLowerCase(Locale.ROOT));
            List<String> own = texts.keySet().stream()
                    .filter(id -> id.startsWith("r" + row.sequence() + "-"))
                    .toList();
            boolean active = Shown.active(states.get(row.sequence()));
            for (String id : own) {
                boolean grows = active && id.equals(own.get(own.size() - 1));
                runs.put(id, Shown.Run.of(html(row, id, texts.get(id), grows)));
            }
        }
        return new Shown(runs, states);
    }

    private static String html(Row message, String id, String text, boolean grows) {
        if (message.role().equals("USER")) {
            return PlainText.html(text);
        }
        return grows ? LiveMarkdown.resumed(id, text).html() : Markdown.html(text);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // the database has gone before
        }
    }
}
