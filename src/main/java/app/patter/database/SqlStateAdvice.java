package app.patter.database;

import app.patter.concurrent.Throwables;
import app.patter.config.Setting;
import app.patter.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * What whoever runs Patter can do about a fault of the database. Chosen by SQL state, those of ISO 9075, PostgreSQL
 * (appendix A of its manual) and H2 ({@code org.h2.api.ErrorCode}), for their texts differ by version and language.
 */
final class SqlStateAdvice {

    private static final String USER_AND_PASSWORD =
            "Check " + Setting.DB_USER.variable() + " and " + Setting.DB_PASSWORD.variable();

    private SqlStateAdvice() {}

    /** Of a connection that cannot be had at the start. */
    static StartupException unreachable(SQLException e, Settings settings) {
        boolean file = PatterDataSource.isEmbedded(settings);
        String message = (file ? "The database cannot be opened: " : "The database cannot be reached: ")
                + StartupCheck.firstLine(e) + " "
                + (file ? ofFile(e, settings) : ofServer(state(e)));
        boolean passes = mayCome(e) || state(e).equals("53300") || state(e).equals("90020");
        return passes ? StartupException.passing(message, e) : new StartupException(message, e);
    }

    /** Whether a server does not listen, or listens but is not ready; nothing else gets better by waiting. */
    static boolean mayCome(SQLException e) {
        String state = state(e);
        return (state.startsWith("08") && !state.equals("08004")) || state.startsWith("57P");
    }

    private static String ofFile(SQLException e, Settings settings) {
        if (Throwables.find(e, IOException.class) != null) {
            return "Make room in " + PatterDataSource.dataFolder(settings)
                    + ", and see that its disk can be read and written.";
        }
        String place = settings.text(Setting.DB_URL).isPresent()
                ? Setting.DB_URL.variable()
                : "the folder " + PatterDataSource.dataFolder(settings);
        return switch (state(e)) {
            case "90020" ->
                "Is another Patter using " + place + "? Stop it, or give this one its own folder with "
                        + Setting.DATA.variable() + ".";
            case "28000" -> USER_AND_PASSWORD + ": the file was made with others, or with none.";
            case "90030" -> "The file is damaged: restore the last backup of it.";
            case "90048" ->
                "The file is damaged, or another version of H2 wrote it: use the server that did, or restore a backup.";
            case "90028", "90031" -> "Check that the disk of " + place + " has room and can be read and written.";
            case "90046", "90113" -> "Check " + Setting.DB_URL.variable() + ", or leave it out.";
            default -> "Check " + place + "; if the file there is damaged, restore the last backup of it.";
        };
    }

    private static String ofServer(String state) {
        return switch (state) {
            case "28000", "28P01", "08004" ->
                USER_AND_PASSWORD + ", and that the database lets this user in from here (pg_hba.conf).";
            case "3D000" -> "Make that database, or name another in " + Setting.DB_URL.variable() + ".";
            case "42501" -> "Give the database's user the right to connect.";
            case "53300" -> "Close connections of others, or let the database have more (max_connections).";
            default ->
                "Check that the database runs, and " + Setting.DB_URL.variable() + ", " + Setting.DB_USER.variable()
                        + " and " + Setting.DB_PASSWORD.variable() + ".";
        };
    }

    /** Of tables that cannot be brought up to date; {@code what} says that, in a sentence or two. */
    static StartupException unchanged(String what, SQLException e) {
        String state = state(e);
        return switch (state) {
            case "42501" ->
                new StartupException(
                        what
                                + " Give the database's user the right to make tables, best by making it the owner of the database.",
                        e);
            case "25006" ->
                new StartupException(
                        what + " Name a database in " + Setting.DB_URL.variable()
                                + " that can be written: the primary server, not a standby.",
                        e);
            case "53100" ->
                new StartupException(what + " The data are as they were: make room on the database's disk.", e);
            case "57014" ->
                new StartupException(
                        what + " The data are as they were: let the database's user take longer (statement_timeout).",
                        e);
            default ->
                mayCome(e)
                        ? StartupException.passing(
                                what + " The data are as they were: start again when the database runs.", e)
                        : new StartupException(
                                what
                                        + " The data are as they were: use the version of Patter that made these tables, or restore a backup.",
                                e);
        };
    }

    /** Of a file that this process may read and not write. */
    static StartupException readOnly(String file) {
        return new StartupException(
                "The database file " + file + " cannot be written. Make " + System.getProperty("user.name")
                        + ", as whom Patter runs, its owner, and see that its disk is not read-only.",
                null);
    }

    /** Of a file that would open as an empty database. */
    static StartupException blank(Path file) {
        return new StartupException(
                "The database file " + file
                        + " is damaged: its data are gone, as after a loss of power. Restore the last"
                        + " backup of it, or move it away to begin with an empty one.",
                null);
    }

    private static String state(SQLException e) {
        return String.valueOf(e.getSQLState());
    }
}
