package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.patter.chat.Role;
import app.patter.cluster.Nodes;
import app.patter.container.InContainer;
import app.patter.container.OneContainer;
import app.patter.container.People;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the server: conversations of more messages than are read at once, and how the database finds them. */
@ExtendWith({OneContainer.class, ArquillianExtension.class})
class LongConversationIT {

    private static final String MODEL = "demo/demo";
    private static final int MESSAGES = 700;

    /** Most places in a statement: what it compares grows with the square of a list. */
    private static final int PLACES = 40;

    @Inject
    private Conversations conversations;

    @Inject
    private MessageStore messageStore;

    @Inject
    private Deletions deletions;

    @Inject
    private Corrections corrections;

    @Inject
    private Transcripts transcripts;

    @Inject
    private Revisions revisions;

    @Inject
    private Nodes nodes;

    @Inject
    private People people;

    @Resource(lookup = "java:app/patter/database")
    private DataSource database;

    private UUID owner;
    private UUID conversation;
    private Access access;

    @Deployment
    static WebArchive deployment() {
        return InContainer.war();
    }

    @BeforeEach
    void talk() {
        owner = people.somebody();
        conversation = UUID.randomUUID();
        access = conversations.create(owner, conversation, "Long").access();
        for (int i = 0; i < MESSAGES; i += 2) {
            stop(send(Placement.NEWEST));
        }
    }

    private GenerationTicket send(Placement placement) {
        UUID id = UUID.randomUUID();
        return messageStore
                .send(access, id, placement, "Question " + id, MODEL, nodes.self())
                .ticket();
    }

    private void stop(GenerationTicket answer) {
        messageStore.end(conversation, List.of(answer.message()), MessageState.STOPPED);
    }

    @Test
    void allOfItIsReadInOrder() {
        Transcript all = transcripts.read(access, View.NEWEST).orElseThrow();
        assertEquals(numbers(1, MESSAGES), sequences(all));
        assertFalse(all.more());
        for (Transcript.Entry entry : all.entries()) {
            boolean question = entry.message().role() == Role.USER;
            assertEquals(question ? 1 : 0, entry.segments().size());
            assertEquals(List.of(entry.message().id()), entry.alternatives());
        }
    }

    @Test
    void aPartIsReadFromItsEnd() {
        Transcript part = part(Long.MAX_VALUE, 60);
        assertEquals(numbers(MESSAGES - 59, MESSAGES), sequences(part));
        assertTrue(part.more());
        Transcript before = part(MESSAGES - 59, 60);
        assertEquals(numbers(MESSAGES - 119, MESSAGES - 60), sequences(before));
        assertTrue(before.more());
        assertEquals(numbers(1, 4), sequences(part(5, 60)));
        assertFalse(part(5, 60).more());
        assertFalse(part(61, 60).more());
        assertTrue(part(62, 60).more());
        assertEquals(List.of(), sequences(part(1, 60)));
    }

    private Transcript part(long before, int most) {
        return transcripts.read(access, View.NEWEST, new Extent(before, most)).orElseThrow();
    }

    @Test
    void aBranchFromAnEarlyAnswerLeavesOutWhatIsBetween() {
        Transcript before = transcripts.read(access, View.NEWEST).orElseThrow();
        Message second = before.entries().get(1).message();
        GenerationTicket answer = send(new Placement.After(second.id()));
        stop(answer);
        Transcript branch = transcripts.read(access, View.NEWEST).orElseThrow();
        assertEquals(List.of(1L, 2L, MESSAGES + 1L, MESSAGES + 2L), sequences(branch));
        List<UUID> alternatives = List.of(
                before.entries().get(2).message().id(),
                branch.entries().get(2).message().id());
        assertEquals(alternatives, branch.entries().get(2).alternatives());
        assertEquals(alternatives, part(Long.MAX_VALUE, 2).entries().get(0).alternatives());
        CatchUp missed =
                transcripts.missed(access, View.NEWEST, before.revision()).orElseThrow();
        assertTrue(missed.reload(), "most of it has gone from the page");
        View old = View.through(before.entries().get(2).message().id());
        assertEquals(
                numbers(1, MESSAGES), sequences(transcripts.read(access, old).orElseThrow()));
        CatchUp missedThere = transcripts.missed(access, old, before.revision()).orElseThrow();
        assertEquals(missed.revision(), missedThere.revision());
        assertEquals(List.of(), missedThere.removed());
        assertEquals(
                List.of(3L),
                missedThere.replaced().stream()
                        .map(entry -> entry.message().sequence())
                        .toList(),
                "it has another version now");
        assertEquals(List.of(), missedThere.added());
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static List<Long> sequences(Transcript transcript) {
        return transcript.entries().stream()
                .map(entry -> entry.message().sequence())
                .toList();
    }

    /** Neither a database's stack nor a statement grows with what is deleted, or brought back, or gone at once. */
    @Test
    void tenThousandMessagesAreDeletedAndBroughtBackAndGoWithTheirConversation() throws SQLException {
        UUID id = UUID.randomUUID();
        Access long10000 = conversations.create(owner, id, "Longer").access();
        conversations.name(long10000, "Longer", "Longest"); // a revision at which a page shows something
        List<UUID> messages = insert(id, 10_000);
        Deletions.Deletion branch = deletions.delete(long10000, messages.get(1), Deletions.Scope.BRANCH);
        assertEquals(9_999, branch.messages().size());
        assertEquals(messages.get(0), branch.before());
        assertEquals(
                numbers(1, 1),
                sequences(transcripts.read(long10000, View.NEWEST).orElseThrow()));
        assertTrue(transcripts
                .missed(long10000, View.NEWEST, branch.revision() - 1)
                .orElseThrow()
                .reload());
        deletions.undo(long10000, branch.revision());
        Deletions.Deletion exchange = deletions.delete(long10000, messages.get(5_000), Deletions.Scope.EXCHANGE);
        assertEquals(Set.of(messages.get(5_000), messages.get(5_001)), exchange.messages());
        assertEquals(
                9_998,
                transcripts
                        .read(long10000, View.through(messages.get(3)))
                        .orElseThrow()
                        .entries()
                        .size());
        conversations.delete(long10000);
        assertEquals(-1, revisions.current(id));
    }

    @Test
    void whatWasDeletedLongAgoIsGoneForGood() throws SQLException {
        Transcript all = transcripts.read(access, View.NEWEST).orElseThrow();
        UUID question = all.entries().get(2).message().id();
        Deletions.Deletion deletion = deletions.delete(access, question, Deletions.Scope.EXCHANGE);
        purge();
        assertEquals(1, texts(question), "it can be brought back for a while");
        OffsetDateTime longAgo = OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(11);
        run("update message set removed_at = timestamp with time zone '"
                + longAgo.toString().replace('T', ' ') + "' where id = '" + question + "'");
        purge();
        assertEquals(0, texts(question));
        assertThrows(WrongMessageException.class, () -> deletions.undo(access, deletion.revision()));
        assertEquals(
                MESSAGES - 2,
                transcripts.read(access, View.NEWEST).orElseThrow().entries().size());
    }

    /** As the timer does. */
    private void purge() {
        boolean more = true;
        while (more) {
            more = deletions.purge();
        }
    }

    private int texts(UUID message) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(
                        "select count(*) from message_segment where message_id = '" + message + "'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Adds messages that follow each other, a question first. */
    private List<UUID> insert(UUID id, int count) throws SQLException {
        List<UUID> messages = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into message (id, conversation_id,"
                        + " parent_id, sequence, role, state, fence, model, born, revision, created, ended)"
                        + " values (?, ?, ?, ?, ?, 'DONE', 1, 'demo/demo', 0, 0, current_timestamp,"
                        + " current_timestamp)")) {
            for (int at = 0; at < count; at++) {
                messages.add(UuidV7.next());
                insert.setObject(1, messages.get(at));
                insert.setObject(2, id);
                insert.setObject(3, at == 0 ? null : messages.get(at - 1), Types.OTHER);
                insert.setLong(4, at + 1);
                insert.setString(5, at % 2 == 0 ? "USER" : "ASSISTANT");
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return messages;
    }

    /** Asks H2 how it does what it has been asked: it must never look at a whole table, or at all of a conversation. */
    @Test
    void everyStatementUsesAnIndexForWhatItWants() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assumeTrue(connection.getMetaData().getDatabaseProductName().equals("H2"));
        }
        Transcript all = transcripts.read(access, View.NEWEST).orElseThrow();
        run("set query_statistics_max_entries 1000");
        run("set query_statistics true");
        GenerationTicket answer = send(Placement.NEWEST);
        messageStore.active(access);
        conversations.running(owner);
        stop(answer);
        messageStore.resume(access, answer.message(), nodes.self());
        stop(answer);
        transcripts.read(access, View.NEWEST);
        part(MESSAGES, 60);
        transcripts.since(access, 10, 200);
        transcripts.missed(access, View.NEWEST, all.revision());
        transcripts.missed(access, View.through(answer.message()), all.revision());
        transcripts.read(access, View.upTo(answer.message()));
        send(new Placement.Beside(all.entries().get(0).message().id()));
        messageStore.retry(access, answer.message(), null, nodes.self());
        corrections.correct(access, all.entries().get(0).message().id(), "otherwise");
        UUID fourth = all.entries().get(3).message().id();
        for (Deletions.Scope scope : Deletions.Scope.values()) {
            deletions.undo(access, deletions.delete(access, fourth, scope).revision());
        }
        deletions.delete(access, fourth, Deletions.Scope.BRANCH);
        transcripts.read(access, View.NEWEST);
        transcripts.missed(access, View.NEWEST, all.revision());
        transcripts.missed(access, View.through(fourth), all.revision());
        deletions.purge();
        transcripts.changes(access, all.revision());
        transcripts.own(all, "nobody");
        List<String> statements = statements();
        run("set query_statistics false");
        assertTrue(statements.size() > 15, statements.toString());
        List<String> slow = new ArrayList<>();
        for (String statement : statements) {
            String plan = plan(statement).replace("public.node.tablescan", "a few rows");
            if (plan.contains("tablescan") || plan.contains("public.message_conversation_index")) {
                slow.add(plan);
            }
            assertTrue(statement.chars().filter(c -> c == '?').count() <= PLACES, statement);
        }
        assertEquals(List.of(), slow);
    }

    private void run(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** What has been asked about conversations, but for what looks at all of them on purpose, every few minutes. */
    private List<String> statements() throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("select sql_statement from information_schema.query_statistics")) {
            while (rows.next()) {
                String statement = rows.getString(1).toLowerCase(Locale.ROOT);
                if (statement.contains("where")
                        && (statement.contains("conversation") || statement.contains("message"))) {
                    statements.add(statement);
                }
            }
        }
        return statements;
    }

    private String plan(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain " + statement)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setNull(i, Types.NULL);
            }
            try (ResultSet rows = explain.executeQuery()) {
                rows.next();
                return rows.getString(1).toLowerCase(Locale.ROOT);
            }
        }
    }
}
