package app.patter.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.config.Settings;
import app.patter.fixture.Steps;
import app.patter.server.OldDatabases;
import app.patter.server.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patter's tables in PostgreSQL: they come to this Patter's version as a whole, or stay as they are. */
class SchemaIT {

    private static Postgres postgres;

    @BeforeAll
    static void start() {
        postgres = Postgres.start();
    }

    @AfterAll
    static void end() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void empty() {
        postgres.execute("drop database if exists patter with (force)");
        postgres.execute("create database patter");
    }

    private static Settings settings(String... more) {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new Settings(settings::get, name -> null);
    }

    private static void begin(Settings settings) {
        StartupCheck.check(settings);
        Migrations.run(settings);
    }

    private static String refusal(int status, Settings settings) {
        StartupException refusal = assertThrows(StartupException.class, () -> begin(settings));
        String message = String.valueOf(refusal.getMessage());
        assertEquals(1, message.lines().count(), message);
        assertEquals(status, refusal.status(), message);
        return message;
    }

    private static void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), "patter", "")) {
            connection.createStatement().execute(sql);
        }
    }

    private static Contents contents() throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), "patter", "")) {
            return Contents.of(connection);
        }
    }

    static Stream<Integer> versions() {
        return Stream.iterate(1, version -> version + 1).limit(OldDatabases.NEWEST);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anOldDatabaseComesToTheTablesOfANewOneWithAllItsRows(int version) throws IOException, SQLException {
        begin(settings());
        Contents fresh = contents();
        empty();
        change(OldDatabases.sql(version));
        Contents before = contents();
        begin(settings());
        Contents after = contents();
        assertEquals(fresh.shape(), after.shape());
        assertEquals(List.of(), after.missing(before));
    }

    @Test
    void aLaterStepThatFailsLeavesNothingOfTheStepsBeforeIt() throws IOException, SQLException {
        change(OldDatabases.sql(1));
        change("create table tool_server (id integer)");
        Contents before = contents();
        String refusal = refusal(78, settings());
        assertTrue(refusal.contains("already exists"), refusal);
        assertTrue(refusal.contains("The data are as they were: use the version of Patter"), refusal);
        assertEquals(before, contents());
        change("drop table tool_server");
        begin(settings());
        assertEquals(Steps.all(), steps());
    }

    private static List<String> steps() throws SQLException {
        return contents().rows().get("flyway_schema_history").stream()
                .map(row -> row.get("version"))
                .toList();
    }

    /** As an index of millions of messages: no answer for longer than a connection of Patter's pages would wait. */
    @Test
    void aStepMayTakeLongerThanASave() throws IOException, SQLException {
        change(OldDatabases.sql(OldDatabases.NEWEST));
        change("create function linger() returns event_trigger language plpgsql as 'begin perform pg_sleep(1.5); end'");
        change("create event trigger linger on ddl_command_end execute function linger()");
        Settings settings = settings("PATTER_DB_URL", postgres.url() + "?socketTimeout=1");
        begin(settings);
        assertEquals(Steps.all(), steps());
        try (Connection ordinary = PatterDataSource.of(settings()).connect()) {
            assertEquals(60_000, ordinary.getNetworkTimeout());
        }
        try (Connection patient = PatterDataSource.forSteps(settings()).getConnection()) {
            assertEquals(0, patient.getNetworkTimeout());
        }
    }

    @Test
    void theTablesOfANewerPatterAreLeftAlone() throws IOException, SQLException {
        change(OldDatabases.sql(2));
        change("update flyway_schema_history set version = '999', installed_rank = 999 where version = '2'");
        Contents before = contents();
        String refusal = refusal(78, settings());
        String versions = "(its tables have version 999, this Patter knows up to " + Steps.newest() + ")";
        assertTrue(refusal.contains("newer Patter " + versions), refusal);
        assertTrue(refusal.contains("Use that Patter again"), refusal);
        assertEquals(before, contents());
    }

    @Test
    void tablesOfSomethingElseAreLeftAlone() throws SQLException {
        change("create table invoice (id integer)");
        String refusal = refusal(78, settings());
        assertTrue(refusal.startsWith("The database holds tables that no Patter made."), refusal);
        assertTrue(refusal.contains("PATTER_DB_URL"), refusal);
        assertFalse(refusal.contains("baseline"), refusal);
        assertEquals(1, contents().rows().size());
    }

    @Test
    void aUserWithoutRights() {
        postgres.execute("drop role if exists stranger");
        postgres.execute("create role stranger login");
        String refusal = refusal(78, settings("PATTER_DB_USER", "stranger"));
        assertTrue(refusal.contains("permission denied"), refusal);
        assertTrue(refusal.contains("Give the database's user the right to make tables"), refusal);
    }

    @Test
    void aUserThatIsUnknown() {
        String refusal = refusal(78, settings("PATTER_DB_USER", "nobody"));
        assertTrue(refusal.contains("cannot be reached") && refusal.contains("Check PATTER_DB_USER and"), refusal);
    }

    @Test
    void aDatabaseThatIsNotThere() {
        String refusal = refusal(78, settings("PATTER_DB_URL", postgres.url() + "-elsewhere"));
        assertTrue(refusal.contains("Make that database, or name another in PATTER_DB_URL"), refusal);
    }

    @Test
    void aDatabaseThatTakesNoChanges() {
        postgres.execute("alter database patter set default_transaction_read_only = on");
        String refusal = refusal(78, settings());
        assertTrue(refusal.contains("read-only transaction") && refusal.contains("not a standby"), refusal);
    }

    @Test
    void aDatabaseThatEndsAStepForItsTime() throws IOException, SQLException {
        change(OldDatabases.sql(OldDatabases.NEWEST));
        change("create function linger() returns event_trigger language plpgsql as 'begin perform pg_sleep(60); end'");
        change("create event trigger linger on ddl_command_end execute function linger()");
        postgres.execute("alter database patter set statement_timeout = '2s'");
        String refusal = refusal(78, settings());
        assertTrue(refusal.contains("statement_timeout"), refusal);
        assertEquals(OldDatabases.NEWEST, steps().size());
    }

    @Test
    void aDatabaseThatTakesNoMoreConnectionsMayLater() {
        postgres.execute("drop role if exists guest");
        postgres.execute("create role guest login connection limit 0");
        String refusal = refusal(1, settings("PATTER_DB_USER", "guest"));
        assertTrue(refusal.contains("too many connections") && refusal.contains("max_connections"), refusal);
    }

    @Test
    void aNewDatabaseNeedsNothingMore() {
        assertDoesNotThrow(() -> begin(settings()));
    }
}
