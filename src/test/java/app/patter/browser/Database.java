package app.patter.browser;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** A look into the database of a running Patter, past Patter itself. */
final class Database {

    private final String url;

    Database(Path data) {
        url = "jdbc:h2:file:" + data.resolve("patter") + ";WRITE_DELAY=0;AUTO_SERVER=TRUE";
    }

    /** For PATTER_DB_URL, so that the server lets others in. */
    String url() {
        return url;
    }

    /** The text of each run of a conversation, under the DOM id that it must have on a page. */
    Map<String, String> runs(String conversation) {
        Map<String, String> runs = new TreeMap<>();
        String query = "select m.sequence, s.ordinal, s.continues, s.text from message m join message_segment s"
                + " on s.message_id = m.id where m.conversation_id = cast(? as uuid) order by m.sequence, s.ordinal";
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, conversation);
            ResultSet rows = statement.executeQuery();
            String run = "";
            while (rows.next()) {
                if (!rows.getBoolean("continues")) {
                    run = "r" + rows.getLong("sequence") + "-" + rows.getInt("ordinal");
                }
                runs.merge(run, rows.getString("text"), String::concat);
            }
            return runs;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many messages a conversation has, all branches together. */
    int messages(String conversation) {
        return count("select count(*) from message where conversation_id = cast(? as uuid)", conversation);
    }

    /** How many conversations have this id: one or none. */
    int conversations(String conversation) {
        return count("select count(*) from conversation where id = cast(? as uuid)", conversation);
    }

    private int count(String query, String id) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, id);
            ResultSet rows = statement.executeQuery();
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
