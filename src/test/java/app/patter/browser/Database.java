package app.patter.browser;

import app.patter.server.ChosenDatabase;
import app.patter.server.Shown;
import java.util.Map;
import java.util.UUID;

/** A look into the database of a running Patter, past Patter itself; each look has a connection of its own. */
final class Database {

    private final ChosenDatabase chosen;

    Database(ChosenDatabase chosen) {
        this.chosen = chosen;
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

    /**
     * Makes a conversation longer by many questions and answers, which stand before those that come later.
     *
     * @param turns questions with answers
     */
    void lengthen(String conversation, int turns) {
        try (app.patter.server.Database open = open()) {
            UUID id = UUID.fromString(conversation);
            UUID parent = open.last(id).id();
            long sequence = open.last(id).sequence();
            for (int message = 1; message <= 2 * turns; message++) {
                UUID next = UUID.randomUUID();
                open.change(
                        "insert into message (id, conversation_id, parent_id, sequence, role, state, fence, model, born,"
                                + " revision, created, ended) select ?, id, ?, ?, ?, 'DONE', 0, 'openai/told', revision,"
                                + " revision, current_timestamp, current_timestamp from conversation where id = ?",
                        next,
                        parent,
                        sequence + message,
                        message % 2 == 1 ? "USER" : "ASSISTANT",
                        id);
                open.change(
                        "insert into message_segment (id, message_id, ordinal, kind, continues, text, revision, created,"
                                + " closed) values (?, ?, 0, 'TEXT', false, ?, 1, current_timestamp, current_timestamp)",
                        UUID.randomUUID(),
                        next,
                        "Text of message " + (sequence + message) + ".\n\n- with\n- a list\n"
                                + "and more ".repeat(message % 60));
                parent = next;
            }
        }
    }

    /** Holds a conversation so that nothing of it can be saved, until what is returned is closed. */
    AutoCloseable holds(String conversation) {
        app.patter.server.Database open = open();
        open.hold("update conversation set revision = revision where id = ?", UUID.fromString(conversation));
        return open;
    }

    /** Makes a conversation what it was when it had fewer messages, as a backup does that is put back. */
    void restores(String conversation, int messages) {
        try (app.patter.server.Database open = open()) {
            UUID id = UUID.fromString(conversation);
            for (long last = open.last(id).sequence(); last > messages; last--) { // each is the parent of the next
                open.change("delete from message where conversation_id = ? and sequence = ?", id, last);
            }
            open.change(
                    "update conversation set revision ="
                            + " (select max(revision) from message where conversation_id = conversation.id) where id = ?",
                    id);
        }
    }

    private int count(String query, String id) {
        try (app.patter.server.Database open = open()) {
            return (int) open.number(query, id);
        }
    }

    private app.patter.server.Database open() {
        return chosen.open();
    }
}
