package app.patter.database;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.config.SettingException;
import app.patter.config.Settings;
import app.patter.server.OldDatabases;
import app.patter.server.PatterServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way of a start is told with the mend that fits. */
class StartupCheckTest {

    private static final int NEEDS_A_PERSON = 78;
    private static final int MAY_PASS = 1;

    /** Runs a command without root's right to pass over the modes of files; others do not have it anyway. */
    private static final List<String> LIKE_ANYBODY = "root".equals(System.getProperty("user.name"))
            ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
            : List.of();

    @TempDir
    private Path folder;

    private void refuses(int status, Map<String, String> settings, String... words) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("PATTER_DATA", folder.toString());
        StartupException refusal =
                assertThrows(StartupException.class, () -> StartupCheck.check(new Settings(all::get, name -> null)));
        String message = String.valueOf(refusal.getMessage());
        assertAll(Stream.of(words).map(word -> () -> assertTrue(message.contains(word), message)));
        assertEquals(1, message.lines().count(), message);
        assertEquals(status, refusal.status(), message);
    }

    private static void tells(Begun begun, int status, String... words) {
        List<String> said = begun.log()
                .lines()
                .filter(line -> line.contains("Patter does not start."))
                .toList();
        assertEquals(1, said.size(), begun.log());
        assertAll(Stream.of(words).map(word -> () -> assertTrue(said.get(0).contains(word), said.get(0))));
        assertEquals(status, begun.status(), begun.log());
        assertFalse(begun.log().contains("\tat "), begun.log());
    }

    private Path file() {
        return folder.resolve("patter.mv.db");
    }

    private static Connection open(String url, String user, String password) throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Test
    void aFolderThatCannotBeMade() throws IOException {
        Path data = Files.createFile(folder.resolve("file")).resolve("data");
        refuses(NEEDS_A_PERSON, Map.of("PATTER_DATA", data.toString()), "cannot be written", "PATTER_DATA");
    }

    @Test
    void aFolderThatThisLocaleCannotName() {
        Map<String, String> settings =
                Map.of("PATTER_DATA", folder.resolve("Grüße").toString(), "LC_ALL", "C");
        tells(Begun.of(settings), NEEDS_A_PERSON, "PATTER_DATA", "no path", "LC_ALL=C.UTF-8");
        assertThrows(
                SettingException.class,
                () -> StartupCheck.check(new Settings(Map.of("PATTER_DATA", "a\0b")::get, name -> null)));
    }

    @Test
    void aFileThatThisUserMayOnlyRead() throws IOException {
        OldDatabases.put(OldDatabases.NEWEST, folder);
        assertTrue(file().toFile().setReadOnly());
        byte[] before = Files.readAllBytes(file());
        Begun begun = Begun.of(Map.of("PATTER_DATA", folder.toString()), LIKE_ANYBODY, entry -> true);
        tells(begun, NEEDS_A_PERSON, file() + " cannot be written", "its owner");
        assertEquals(before.length, Files.size(file()));
    }

    @Test
    void aDatabaseThatTakesNoChanges() throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("patter");
        open(url, "", "").close();
        refuses(NEEDS_A_PERSON, Map.of("PATTER_DB_URL", url + ";ACCESS_MODE_DATA=r"), "cannot be written", "its owner");
    }

    @Test
    void aFileThatAnotherProcessHolds() throws IOException {
        OldDatabases.put(OldDatabases.NEWEST, folder);
        try (FileChannel held = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            held.lock();
            tells(
                    Begun.of(Map.of("PATTER_DATA", folder.toString())),
                    MAY_PASS,
                    "already in use",
                    "Is another Patter using the folder " + folder + "?");
        }
    }

    @Test
    void aDamagedFile() throws IOException {
        OldDatabases.put(OldDatabases.NEWEST, folder);
        byte[] all = Files.readAllBytes(file());
        Arrays.fill(all, 0, all.length / 2, (byte) 'x');
        Files.write(file(), all);
        refuses(NEEDS_A_PERSON, Map.of(), "cannot be opened", "damaged", "restore the last backup");
    }

    @Test
    void aFileWhoseDataAreGoneIsNotTakenForAnEmptyOne() throws IOException {
        OldDatabases.put(OldDatabases.NEWEST, folder);
        byte[] all = Files.readAllBytes(file());
        Arrays.fill(all, 2 * 4_096, all.length, (byte) 0);
        Files.write(file(), all);
        refuses(NEEDS_A_PERSON, Map.of(), file() + " is damaged", "Restore the last backup", "move it away");
        assertArrayEquals(all, Files.readAllBytes(file()));
    }

    @Test
    void aFileOfAnotherVersionOfH2() throws IOException {
        OldDatabases.put(OldDatabases.NEWEST, folder);
        byte[] all = Files.readAllBytes(file());
        for (int block : new int[] {0, 4096}) {
            String header = new String(all, block, 4096, StandardCharsets.ISO_8859_1).stripTrailing();
            byte[] old = header.substring(0, header.indexOf(",fletcher:"))
                    .replaceFirst("format:\\d+", "format:1")
                    .getBytes(StandardCharsets.ISO_8859_1);
            String sum = Integer.toHexString(DataUtils.getFletcher32(old, 0, old.length));
            byte[] whole = (new String(old, StandardCharsets.ISO_8859_1) + ",fletcher:" + sum + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(whole, 0, all, block, whole.length);
        }
        Files.write(file(), all);
        refuses(NEEDS_A_PERSON, Map.of(), "cannot be opened", "another version of H2", "restore a backup");
    }

    @Test
    void aFileOfAnotherUser() throws SQLException {
        open("jdbc:h2:file:" + folder.resolve("patter"), "keeper", "s3cret").close();
        refuses(NEEDS_A_PERSON, Map.of(), "cannot be opened", "Check PATTER_DB_USER and PATTER_DB_PASSWORD");
    }

    @Test
    void aFileWithTablesOfSomethingElse() throws SQLException {
        Map<String, String> settings = Map.of("PATTER_DATA", folder.toString());
        try (Connection connection = open("jdbc:h2:file:" + folder.resolve("patter"), "", "")) {
            connection.createStatement().execute("create table invoice (id integer)");
        }
        Settings read = new Settings(settings::get, name -> null);
        StartupCheck.check(read);
        StartupException refusal = assertThrows(StartupException.class, () -> Migrations.run(read));
        assertTrue(
                refusal.getMessage().startsWith("The database holds tables that no Patter made."),
                refusal.getMessage());
        assertTrue(refusal.getMessage().contains("PATTER_DATA"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("baseline"), refusal.getMessage());
    }

    @Test
    void aDatabaseThatIsAway() {
        Map<String, String> settings = Map.of(
                "PATTER_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + PatterServer.freePort() + "/patter",
                "PATTER_DB_WAIT",
                "0");
        refuses(MAY_PASS, settings, "cannot be reached", "refused", "Check that the database runs");
    }

    @Test
    void anAddressOfAnUnknownKind() {
        refuses(NEEDS_A_PERSON, Map.of("PATTER_DB_URL", "jdbc:oracle:thin:@x"), "does not know", "jdbc:postgresql://");
        refuses(
                NEEDS_A_PERSON,
                Map.of("PATTER_DB_URL", "jdbc:postgresql://h:p:q/"),
                "no address",
                "jdbc:postgresql://");
    }

    @Test
    void aDriverThatIsMissing() {
        Map<String, String> settings =
                Map.of("PATTER_DATA", folder.toString(), "PATTER_DB_URL", "jdbc:postgresql://127.0.0.1/patter");
        Begun begun = Begun.of(settings, List.of(), entry -> !entry.contains("org/postgresql"));
        tells(begun, NEEDS_A_PERSON, "org.postgresql.Driver is missing from the WAR", "Deploy the WAR as it was built");
    }

    @Test
    void anOldFileAtAnAddressOfItsOwnIsNotUpgradedWithoutACopy() throws IOException {
        OldDatabases.put(1, folder);
        byte[] before = Files.readAllBytes(file());
        Map<String, String> settings = Map.of("PATTER_DB_URL", "jdbc:h2:file:" + folder.resolve("patter"));
        refuses(NEEDS_A_PERSON, settings, "of an earlier Patter", "PATTER_DATA");
        assertTrue(before.length <= Files.size(file()));
        Map<String, String> own = Map.of("PATTER_DATA", folder.toString());
        StartupCheck.check(new Settings(own::get, name -> null));
        assertTrue(Files.list(folder)
                .anyMatch(kept -> kept.getFileName().toString().startsWith("patter-V1-")));
    }

    @Test
    void aNewFileAtAnAddressOfItsOwnIsTaken() {
        Map<String, String> settings =
                Map.of("PATTER_DATA", folder.toString(), "PATTER_DB_URL", "jdbc:h2:file:" + folder.resolve("patter"));
        Settings read = new Settings(settings::get, name -> null);
        StartupCheck.check(read);
        Migrations.run(read);
        StartupCheck.check(read);
        assertTrue(Files.exists(file()));
    }

    @Test
    void aServerThatIsTooOld() {
        Map<String, String> settings = Map.of("PATTER_DATA", folder.toString());
        Begun begun =
                Begun.of(settings, List.of(), entry -> !entry.contains("/jakarta/") && !entry.contains("servlet"));
        tells(begun, NEEDS_A_PERSON, "too old", "Jakarta EE 10", "Payara 6");
    }

    @Test
    void aFaultThatNobodyThoughtOfIsStillOneLine() {
        StartupException refusal = StartupCheck.unforeseen(new IllegalStateException("first\nsecond"));
        assertEquals(
                "Its start failed with java.lang.IllegalStateException: first."
                        + " If nothing here is out of the ordinary, report it.",
                refusal.getMessage());
    }
}
