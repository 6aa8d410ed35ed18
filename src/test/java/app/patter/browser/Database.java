package app.patter.browser;

import app.patter.server.Shown;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A look into the database of a running Patter, past Patter itself; each look has a connection of its own. */
final class Database {

    private final String url;

    Database(Path data) {
        url = "jdbc:h2:file:" + data.resolve("patter") + ";WRITE_DELAY=0;AUTO_SERVER=TRUE";
    }

    /** For PATTER_DB_URL, so that the server lets others in. */
    String url() {
        return url;
    }

    /** What a page has to show of each run of a conversation, under its DOM id. */
    Map<String, Shown.Run> runs(String conversation) {
        try (app.patter.server.Database open = open()) {
            return open.shown(UUID.fromString(conversation)).runs();
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
        try (app.patter.server.Database open = open()) {
            return (int) open.number(query, id);
        }
    }

    private app.patter.server.Database open() {
        return app.patter.server.Database.at(url, "", "");
    }
}
