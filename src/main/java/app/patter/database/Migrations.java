package app.patter.database;

import app.patter.system.Setting;
import app.patter.system.SettingException;
import app.patter.system.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date before anything else starts; stops the start with one clear message if it cannot. */
@DataSourceDefinition(
        name = "java:app/patter/database",
        className = "app.patter.database.PatterDataSource",
        url = "patter",
        minPoolSize = 2,
        initialPoolSize = 2,
        maxPoolSize = 32)
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {

    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    @Resource(lookup = "java:app/patter/database")
    private DataSource database;

    @PostConstruct
    void migrate() {
        try {
            Settings settings = Settings.ofProcess();
            settings.check();
            reach(settings);
            run();
        } catch (SettingException | StartException e) {
            LOG.log(Level.ERROR, "Patter does not start. {0}", e.getMessage());
            throw e;
        }
    }

    private void reach(Settings settings) {
        boolean embedded = settings.text(Setting.DB_URL).isEmpty();
        if (embedded) {
            prepare(PatterDataSource.dataFolder(settings));
        }
        // Asked directly, not through the server's pool, which hides the database's own words.
        try (Connection connection = new PatterDataSource(settings).getConnection()) {
            LOG.log(
                    Level.INFO,
                    "Database: {0} {1}{2}",
                    connection.getMetaData().getDatabaseProductName(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    embedded ? " in " + PatterDataSource.dataFolder(settings) : "");
        } catch (SQLException e) {
            String mend = embedded
                    ? "Is another Patter using the folder " + PatterDataSource.dataFolder(settings)
                            + "? Stop it, or give this one its own folder with " + Setting.DATA.variable() + "."
                    : "Check that the database runs, and " + Setting.DB_URL.variable() + ", "
                            + Setting.DB_USER.variable() + " and " + Setting.DB_PASSWORD.variable() + ".";
            throw new StartException("The database cannot be reached: " + firstLine(e) + " " + mend, e);
        }
    }

    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartException(cannotWrite(folder), e);
        }
        if (!Files.isWritable(folder)) {
            throw new StartException(cannotWrite(folder), null);
        }
    }

    private static String cannotWrite(Path folder) {
        return "The data folder " + folder + " cannot be written. Give one that can with " + Setting.DATA.variable()
                + ".";
    }

    private void run() {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .failOnMissingLocations(true)
                    .loggers("slf4j")
                    .load();
            int known = flyway.info().all().length;
            if (known == 0) {
                throw new StartException("The WAR holds no migrations that this server can read.", null);
            }
            int run = flyway.migrate().migrationsExecuted;
            if (run > 0) {
                LOG.log(Level.INFO, "Database tables brought up to date ({0} of {1} steps run).", run, known);
            }
        } catch (FlywayException e) {
            throw new StartException(
                    "The database tables cannot be brought up to date: " + firstLine(e)
                            + " Restore the last backup, or use the version of Patter that made these tables.",
                    e);
        }
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage()).strip();
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.endsWith(".") ? line : line + ".";
    }
}
