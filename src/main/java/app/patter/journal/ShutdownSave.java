package app.patter.journal;

import app.patter.chat.TokenUsage;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.UuidV7;
import app.patter.database.PatterDataSource;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@link SaveTransaction} does, on a connection of its own and without the server's help: when Payara goes down it takes away
 * pools, transactions and beans while the application still ends, in no order.
 */
final class ShutdownSave {

    /** Seconds to wait for a lock that a save of the server's left behind. */
    private static final int PATIENCE = 3;

    private static final String ACTIVE =
            MessageState.ACTIVE.stream().map(state -> "'" + state + "'").collect(Collectors.joining(", ", "(", ")"));

    private final Connection connection;

    private ShutdownSave(Connection connection) {
        this.connection = connection;
    }

    /**
     * Writes changes of messages that have ended, all or none. May be repeated, and may repeat what an earlier save has
     * written already.
     *
     * @return those that are written now; the others were ended by somebody else, or by an earlier save
     */
    static List<Snapshot> write(List<Snapshot> changes) throws SQLException {
        try (Connection connection = new PatterDataSource().getConnection()) {
            connection.setAutoCommit(false);
            List<Snapshot> written = new ShutdownSave(connection).writeAll(changes);
            connection.commit();
            return written;
        }
    }

    /**
     * Does all of it with a message that is taken back at the end. That loads the classes: a server that goes down stops the
     * application's class loader, and a database driver meets some of its classes only in here.
     */
    static void rehearse() throws SQLException {
        UUID conversation = UuidV7.next();
        UUID message = UuidV7.next();
        TokenUsage used = new TokenUsage(0, 0, 0, 0, BigDecimal.ZERO);
        GenerationTicket ticket = new GenerationTicket(conversation, message, 1, 1, "", 0, null, 0, 0, used);
        AnswerBuffer buffer =
                new AnswerBuffer(ticket, Long.MAX_VALUE, MonotonicClock.fromNow(), changed -> {}, urgent -> {});
        buffer.append(SegmentKind.TEXT, "…");
        buffer.end(Completion.plain(MessageState.INTERRUPTED));
        Snapshot change = Objects.requireNonNull(buffer.take()); // it has just been written to
        try (Connection connection = new PatterDataSource().getConnection()) {
            connection.setAutoCommit(false);
            ShutdownSave save = new ShutdownSave(connection);
            save.begin(conversation, message);
            save.writeAll(List.of(change)).forEach(buffer::saved);
            connection.rollback();
        }
    }

    private void begin(UUID conversation, UUID message) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        UUID owner = UuidV7.next();
        update(
                "insert into account (id, name, password, administrator, created) values (?, ?, '', false, ?)",
                owner,
                owner.toString(),
                now);
        update(
                "insert into conversation (id, owner_id, title, revision, created, updated) values (?, ?, '', 0, ?, ?)",
                conversation,
                owner,
                now,
                now);
        update(
                "insert into message (id, conversation_id, sequence, role, state, fence, born, revision, created)"
                        + " values (?, ?, 1, 'ASSISTANT', 'WRITING', 1, 0, 0, ?)",
                message,
                conversation,
                now);
    }

    private List<Snapshot> writeAll(List<Snapshot> changes) throws SQLException {
        Map<UUID, Long> revisions = new HashMap<>();
        for (UUID conversation : conversations(changes)) {
            revisions.put(conversation, raise(conversation));
        }
        List<Snapshot> written = new ArrayList<>();
        for (Snapshot change : changes) {
            long revision = revisions.getOrDefault(change.conversation(), 0L);
            if (end(change, revision)) {
                for (SegmentWrite write : change.segments()) {
                    write(change, write, revision);
                }
                written.add(change);
            }
        }
        return written;
    }

    /** In the order in which every save locks them. */
    private static List<UUID> conversations(List<Snapshot> changes) {
        return changes.stream().map(Snapshot::conversation).distinct().sorted().toList();
    }

    private long raise(UUID conversation) throws SQLException {
        update("update conversation set revision = revision + 1 where id = ?", conversation);
        try (PreparedStatement query = connection.prepareStatement("select revision from conversation where id = ?")) {
            query.setObject(1, conversation);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private boolean end(Snapshot change, long revision) throws SQLException {
        Completion end = change.end();
        if (end == null) {
            return false;
        }
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        SaveColumns.ofEnd(change, end, revision, columns::put);
        String sql =
                "update message set " + assignments(columns) + " where id = ? and fence = ? and state in " + ACTIVE;
        return update(sql, columns, change.message(), change.ticket().fence()) == 1;
    }

    private void write(Snapshot change, SegmentWrite write, long revision) throws SQLException {
        Map<String, @Nullable Object> grown = new LinkedHashMap<>();
        SaveColumns.ofGrown(write, revision, grown::put);
        close(grown);
        String update = "update message_segment set " + assignments(grown) + " where id = ?";
        if (update(update, grown, write.id()) == 0) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            SaveColumns.ofNew(change.message(), write, revision, row::put);
            close(row);
            String places = String.join(", ", Collections.nCopies(row.size(), "?"));
            update(
                    "insert into message_segment (" + String.join(", ", row.keySet()) + ") values (" + places + ")",
                    row);
        }
    }

    /** Nothing grows any more, whatever a row itself says. */
    private static void close(Map<String, @Nullable Object> columns) {
        columns.computeIfAbsent("closed", name -> OffsetDateTime.now(ZoneOffset.UTC));
    }

    private static String assignments(Map<String, @Nullable Object> columns) {
        return String.join(" = ?, ", columns.keySet()) + " = ?";
    }

    private int update(String sql, Map<String, @Nullable Object> columns, Object... more) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns.values());
        values.addAll(List.of(more));
        return update(sql, values);
    }

    private int update(String sql, Object... values) throws SQLException {
        return update(sql, List.of(values));
    }

    private int update(String sql, List<? extends @Nullable Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(PATIENCE);
            int place = 1;
            for (Object value : values) {
                statement.setObject(place++, value instanceof Enum<?> constant ? constant.name() : value);
            }
            return statement.executeUpdate();
        }
    }
}
