package app.patter.database.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.config.Settings;
import app.patter.database.Begun;
import app.patter.database.Contents;
import app.patter.database.Migrations;
import app.patter.database.StartupCheck;
import app.patter.database.StartupException;
import app.patter.fixture.Steps;
import app.patter.server.OldDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embedded databases that earlier Patters wrote come to this one's tables as a whole, or stay as they are. */
class UpgradeTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path aside;

    private Path file() {
        return folder.resolve("patter.mv.db");
    }

    private Settings settings() {
        Map<String, String> settings = Map.of("PATTER_DATA", folder.toString());
        return new Settings(settings::get, name -> null);
    }

    private static Connection open(Path file) throws SQLException {
        String path = file.toString().replaceFirst("\\.mv\\.db$", "");
        return DriverManager.getConnection("jdbc:h2:file:" + path + ";IFEXISTS=TRUE;DB_CLOSE_DELAY=0", "", "");
    }

    /** Of a copy, for H2 changes what it reads. */
    private Contents contents(Path file) throws IOException, SQLException {
        Path copy = Files.copy(file, aside.resolve("copy.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        try (Connection connection = open(copy)) {
            return Contents.of(connection);
        }
    }

    private void harm(String sql) throws SQLException {
        try (Connection connection = open(file())) {
            connection.createStatement().execute(sql);
        }
    }

    /** Leaves no room inside a file. */
    private static void compact(Path file) throws SQLException {
        try (Connection connection = open(file)) {
            connection.createStatement().execute("shutdown compact");
        }
    }

    /** All files beside the database. */
    private List<Path> others() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.equals(file())).toList();
        }
    }

    private String refusal() {
        StartupException refusal = assertThrows(StartupException.class, () -> StartupCheck.check(settings()));
        assertEquals(78, refusal.status());
        return String.valueOf(refusal.getMessage());
    }

    /** An edited step would leave those who have run it with other tables than those who have not. */
    @Test
    void theStepsThatWereReleasedAreAsTheyWere() {
        Map<String, Integer> sums = new LinkedHashMap<>();
        Stream.of(Flyway.configure()
                        .locations("classpath:db/migration")
                        .dataSource("jdbc:h2:mem:", "", "")
                        .load()
                        .info()
                        .all())
                .forEach(step -> sums.put(step.getVersion().getVersion(), step.getChecksum()));
        Map<String, Integer> released = new LinkedHashMap<>();
        released.put("1", 1562234742);
        released.put("2", -420400283);
        released.put("3", 166614750);
        released.put("4", 1221360765);
        released.put("5", 1910279206);
        released.put("6", 1728304325);
        released.put("7", 148153880);
        released.put("8", -775858614);
        released.put("9", -550267549);
        released.put("10", 1085886797);
        assertEquals(
                released,
                sums,
                "write a new step instead; new ones are added here, with a database of the release before");
    }

    static Stream<Integer> versions() {
        return Stream.iterate(1, version -> version + 1).limit(OldDatabases.NEWEST);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anOldDatabaseComesToTheTablesOfANewOneWithAllItsRows(int version) throws IOException, SQLException {
        Path fresh = aside.resolve("fresh");
        Settings other = new Settings(Map.of("PATTER_DATA", fresh.toString())::get, name -> null);
        StartupCheck.check(other);
        Migrations.run(other);
        StartupCheck.check(other); // closes it
        OldDatabases.put(version, folder);
        Contents before = contents(file());
        StartupCheck.check(settings());
        Contents after = contents(file());
        assertEquals(contents(fresh.resolve("patter.mv.db")).shape(), after.shape());
        assertEquals(List.of(), after.missing(before));
        Path kept = others().stream()
                .filter(file -> file.getFileName().toString().startsWith("patter-V" + version + "-"))
                .findFirst()
                .orElseThrow();
        assertEquals(before, contents(kept));
        List<Path> all = others();
        StartupCheck.check(settings());
        assertEquals(all, others(), "a further start copies nothing");
    }

    @Test
    void aLaterStepThatFailsLeavesTheFileAsItWas() throws IOException, SQLException {
        OldDatabases.put(1, folder);
        harm("create table tool_server (id integer)");
        Contents before = contents(file());
        String refusal = refusal();
        assertTrue(refusal.contains("already exists"), refusal);
        assertTrue(refusal.contains("The data are as they were: use the version of Patter"), refusal);
        assertEquals(before, contents(file()), "nothing of the steps before it");
        assertEquals(List.of(), others());
        harm("drop table tool_server");
        StartupCheck.check(settings());
        assertEquals(1, others().size());
    }

    /** Bytes that the file needs at least after its upgrade; tries it on a copy. */
    private long upgradedSize() throws IOException, SQLException {
        Path elsewhere = Files.createDirectory(aside.resolve("elsewhere"));
        Path copy = Files.copy(file(), elsewhere.resolve("patter.mv.db"));
        StartupCheck.check(new Settings(Map.of("PATTER_DATA", elsewhere.toString())::get, name -> null));
        compact(copy);
        return Files.size(copy);
    }

    /** Grows a table so that its new indexes need more room than there is. */
    @ParameterizedTest
    @ValueSource(strings = {"for the copy", "in a step"})
    void aDiskThatFillsLeavesTheFileAsItWasAndSaysSo(String when) throws IOException, SQLException {
        OldDatabases.put(OldDatabases.NEWEST, folder);
        try (Connection connection = open(file());
                PreparedStatement insert = connection.prepareStatement(
                        "insert into message (id, conversation_id, sequence, role, state, fence, born, revision,"
                                + " created) select random_uuid(), id, ?, 'USER', 'DONE', 1, 1, 1, created from"
                                + " conversation")) {
            for (int i = 0; i < 30_000; i++) {
                insert.setInt(1, 1_000 + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        compact(file()); // or new indexes would find room inside
        Contents before = contents(file());
        long size = Files.size(file());
        long room = when.equals("for the copy") ? size / 2 : (size + upgradedSize()) / 2;
        Begun begun = Begun.of(
                Map.of("PATTER_DATA", folder.toString()),
                List.of("sh", "-c", "ulimit -f " + room / 512 + " && exec \"$@\"", "sh"),
                entry -> true);
        String said = begun.log()
                .lines()
                .filter(line -> line.contains("Patter does not start."))
                .reduce("", String::concat);
        assertEquals(78, begun.status(), begun.log());
        assertTrue(said.contains("Make room in " + folder), begun.log());
        assertEquals(before, contents(file()));
        assertEquals(List.of(), others());
    }

    @Test
    void theFileOfANewerPatterIsLeftAlone() throws IOException, SQLException {
        OldDatabases.put(2, folder);
        harm("update \"flyway_schema_history\" set \"version\" = '999', \"installed_rank\" = 999 where \"version\""
                + " = '2'");
        Contents before = contents(file());
        String refusal = refusal();
        assertTrue(
                refusal.contains(
                        "newer Patter (its tables have version 999, this Patter knows up to " + Steps.newest() + ")"),
                refusal);
        assertTrue(refusal.contains("Use that Patter again"), refusal);
        assertEquals(before, contents(file()));
        assertEquals(List.of(), others());
    }

    @Test
    void anUpgradeThatStoppedHalfWayIsToldOf() throws IOException, SQLException {
        OldDatabases.put(2, folder);
        harm("update \"flyway_schema_history\" set \"success\" = false where \"version\" = '2'");
        String refusal = refusal();
        assertTrue(refusal.contains("stopped half way") && refusal.contains("Restore the last backup"), refusal);
    }

    @Test
    void aBuildWithOtherStepsIsToldOf() throws IOException, SQLException {
        OldDatabases.put(3, folder);
        harm("update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '2'");
        String refusal = refusal();
        assertTrue(refusal.contains("another build of Patter") && refusal.contains("Use that build"), refusal);
        assertEquals(List.of(), others());
    }

    @Test
    void theKeptFileDoesNotChangeWithTheDatabase() throws IOException, SQLException {
        OldDatabases.put(1, folder);
        StartupCheck.check(settings());
        byte[] kept = Files.readAllBytes(others().get(0));
        harm("insert into api_token select random_uuid(), id, 'x', 'y', true, created, null from account");
        StartupCheck.check(settings());
        assertArrayEquals(kept, Files.readAllBytes(others().get(0)));
    }
}
