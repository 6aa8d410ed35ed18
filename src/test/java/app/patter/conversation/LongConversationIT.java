package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            stop(send(null));
        }
    }

    private GenerationTicket send(UUID parent) {
        UUID id = UUID.randomUUID();
        return messageStore
                .send(access, id, parent, "Question " + id, MODEL, nodes.self())
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
        GenerationTicket answer = send(second.id());
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
        assertEquals(numbers(3, MESSAGES), missed.removed());
        assertEquals(List.of(), missed.replaced());
        assertEquals(
                List.of(MESSAGES + 1L, MESSAGES + 2L),
                missed.added().stream().map(entry -> entry.message().sequence()).toList());
        View old = new View(before.entries().get(MESSAGES - 1).message().id());
        assertEquals(
                numbers(1, MESSAGES), sequences(transcripts.read(access, old).orElseThrow()));
        CatchUp missedThere = transcripts.missed(access, old, before.revision()).orElseThrow();
        assertEquals(missed.revision(), missedThere.revision());
        assertEquals(List.of(), missedThere.removed());
        assertEquals(List.of(), missedThere.replaced());
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

    /** Asks H2 how it does what it has been asked: it must never look at a whole table, or at all of a conversation. */
    @Test
    void everyStatementUsesAnIndexForWhatItWants() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assumeTrue(connection.getMetaData().getDatabaseProductName().equals("H2"));
        }
        Transcript all = transcripts.read(access, View.NEWEST).orElseThrow();
        run("set query_statistics_max_entries 1000");
        run("set query_statistics true");
        GenerationTicket answer = send(null);
        messageStore.active(access);
        conversations.running(owner);
        stop(answer);
        messageStore.resume(access, answer.message(), nodes.self());
        stop(answer);
        transcripts.read(access, View.NEWEST);
        part(MESSAGES, 60);
        transcripts.since(access, 10, 200);
        transcripts.missed(access, View.NEWEST, all.revision());
        transcripts.missed(access, new View(answer.message()), all.revision());
        transcripts.changes(access, all.revision());
        transcripts.own(all, "nobody");
        List<String> statements = statements();
        run("set query_statistics false");
        assertTrue(statements.size() > 15, statements.toString());
        List<String> slow = new ArrayList<>();
        for (String statement : statements) {
            String plan = plan(statement);
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

    /** What has been asked about conversations. */
    private List<String> statements() throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("select sql_statement from information_schema.query_statistics")) {
            while (rows.next()) {
                String statement = rows.getString(1).toLowerCase(Locale.ROOT);
                if (statement.contains("conversation") || statement.contains("message")) {
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
