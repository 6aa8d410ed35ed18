package app.patter.database;

import app.patter.concurrent.Throwables;
import app.patter.config.Setting;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The tables of one database: what version they have, and the steps from there to this Patter's. */
public final class Schema {

    private static final Set<MigrationState> NEWER =
            Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);
    private static final Set<MigrationState> BROKEN =
            Set.of(MigrationState.FAILED, MigrationState.MISSING_FAILED, MigrationState.FUTURE_FAILED);

    private final Flyway flyway;

    private Schema(Flyway flyway) {
        this.flyway = flyway;
    }

    /** The tables behind a connection; {@code where} says how to connect. */
    public static Schema of(UnaryOperator<FluentConfiguration> where) {
        ClassLoader application = Schema.class.getClassLoader();
        return new Schema(where.apply(Flyway.configure(application))
                .locations("classpath:db/migration")
                .callbackLocations(new String[0])
                .failOnMissingLocations(true)
                .loggers(FlywayLog.class.getName())
                .load());
    }

    /**
     * Whether there are tables of an earlier Patter.
     *
     * @throws StartupException if this Patter cannot work with what is there
     */
    public boolean isOld() {
        try {
            MigrationInfoService info = usable();
            return info.current() != null && info.pending().length > 0;
        } catch (FlywayException e) {
            throw refusal(e);
        }
    }

    /**
     * How many steps there are from the tables to this Patter.
     *
     * @throws FlywayException if the database does not answer
     */
    int behind() {
        return flyway.info().pending().length;
    }

    /** Version of the tables; "0" where there are none. */
    public String version() {
        try {
            MigrationInfo current = flyway.info().current();
            return current == null || current.getVersion() == null
                    ? "0"
                    : current.getVersion().getVersion();
        } catch (FlywayException e) {
            throw refusal(e);
        }
    }

    private static String newest(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .filter(step -> step.getVersion() != null && !NEWER.contains(step.getState()))
                .reduce((first, last) -> last)
                .map(step -> step.getVersion().getVersion())
                .orElse("0");
    }

    /**
     * Brings the tables up to date.
     *
     * @return how many steps were run
     * @throws StartupException if that does not succeed, or this Patter cannot work with what is there
     */
    public int migrate() {
        try {
            usable();
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw refusal(e);
        }
    }

    private MigrationInfoService usable() {
        MigrationInfoService info = flyway.info();
        if (info.all().length == 0) {
            throw new StartupException("The WAR holds no migrations that this server can read.", null);
        }
        if (has(info, NEWER)) {
            throw new StartupException(
                    "The database was used by a newer Patter (its tables have version "
                            + info.current().getVersion()
                            + ", this Patter knows up to " + newest(info)
                            + "). Use that Patter again, or go back to the copy of the data made before it.",
                    null);
        }
        if (has(info, BROKEN)) {
            throw new StartupException(
                    "An earlier upgrade of the database stopped half way. Restore the last backup and start again.",
                    null);
        }
        return info;
    }

    private static boolean has(MigrationInfoService info, Set<MigrationState> states) {
        return Arrays.stream(info.all()).map(MigrationInfo::getState).anyMatch(states::contains);
    }

    private static StartupException refusal(FlywayException e) {
        if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return new StartupException(
                    "The database holds tables that no Patter made. Give Patter an empty one of its own, with "
                            + Setting.DB_URL.variable() + ", or with " + Setting.DATA.variable()
                            + " where it is a file.",
                    e);
        }
        if (e.getErrorCode() == CoreErrorCode.VALIDATE_ERROR) {
            return new StartupException(
                    "The database was made by another build of Patter, whose steps differ from this one's."
                            + " Use that build again, or restore a backup of another.",
                    e);
        }
        String what = "The database tables cannot be brought up to date: ";
        SQLException sql = Throwables.find(e, SQLException.class);
        return sql == null
                ? new StartupException(what + StartupCheck.firstLine(e) + " The data are as they were.", e)
                : SqlStateAdvice.unchanged(what + StartupCheck.firstLine(sql), sql);
    }
}
