package app.patter.database.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.config.Settings;
import app.patter.database.PatterDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many small saves leave behind in the embedded database's file. */
class CompactionTest {

    private static final int ANSWERS = 100;
    private static final int SAVES = 600;
    private static final int PIECE = 40;
    private static final int PART = 4_000;

    @TempDir
    private Path folder;

    @Test
    void theFileOfGrowingAnswersStaysNearTheirSize() throws SQLException, IOException {
        long untouched = sizeAfterSaves(false);
        long compacted = sizeAfterSaves(true);
        assertTrue(3 * compacted < 2 * untouched, compacted + " bytes, and " + untouched + " without compaction");
    }

    /** Answers grow in parts, all at once, but finish them at different times; a finished part is never touched again. */
    private long sizeAfterSaves(boolean compact) throws SQLException, IOException {
        Path data = folder.resolve("compact-" + compact);
        PatterDataSource database =
                PatterDataSource.of(new Settings(Map.of("PATTER_DATA", data.toString())::get, name -> null));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set retention_time 0");
            statement.execute("create table part (id bigint primary key, message uuid, words varchar)");
            statement.execute("create index part_message on part (message)");
            connection.setAutoCommit(false);
            Writing writing = new Writing(connection);
            for (int save = 0; save < SAVES; save++) {
                writing.save();
                if (compact && save % 5 == 0) {
                    Compaction.compact(connection, 0);
                }
            }
            try (ResultSet sum = statement.executeQuery("select sum(char_length(words)) from part")) {
                sum.next();
                assertEquals((long) SAVES * ANSWERS * PIECE, sum.getLong(1));
            }
            long size = Files.size(data.resolve("patter.mv.db"));
            statement.execute("shutdown immediately");
            return size;
        }
    }

    private static final class Writing {

        private final Connection connection;
        private final Random random = new Random(1);
        private final long[] parts = new long[ANSWERS];
        private final int[] lengths = new int[ANSWERS];
        private long last;

        private Writing(Connection connection) {
            this.connection = connection;
        }

        private void save() throws SQLException {
            try (PreparedStatement begin = connection.prepareStatement("insert into part values (?, ?, ?)");
                    PreparedStatement add =
                            connection.prepareStatement("update part set words = words || ? where id = ?")) {
                for (int answer = 0; answer < ANSWERS; answer++) {
                    String words = random.ints(PIECE, 'a', 'z')
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString();
                    if (parts[answer] == 0 || lengths[answer] > PART) {
                        lengths[answer] = parts[answer] == 0 ? random.nextInt(PART) : 0;
                        parts[answer] = ++last;
                        begin.setLong(1, last);
                        begin.setObject(2, new UUID(random.nextLong(), random.nextLong()));
                        begin.setString(3, words);
                        begin.addBatch();
                    } else {
                        add.setString(1, words);
                        add.setLong(2, parts[answer]);
                        add.addBatch();
                    }
                    lengths[answer] += PIECE;
                }
                begin.executeBatch();
                add.executeBatch();
            }
            connection.commit();
        }
    }
}
