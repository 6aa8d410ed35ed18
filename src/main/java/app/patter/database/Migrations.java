package app.patter.database;

import app.patter.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.sql.DataSource;

/** Brings the tables up to date before anything else starts; says so in one clear message if it cannot. */
@DataSourceDefinition(
        name = "java:app/patter/database",
        className = "app.patter.database.ServerDataSource",
        url = "patter",
        minPoolSize = 2,
        initialPoolSize = 2,
        maxPoolSize = 80)
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {

    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    @PostConstruct
    void migrate() {
        StartupCheck.check();
        try {
            run(Settings.ofProcess());
        } catch (StartupException e) {
            throw StartupCheck.refuse(e);
        } catch (RuntimeException e) {
            throw StartupCheck.refuse(StartupCheck.unforeseen(e));
        }
    }

    /** Changes the tables of the database that these settings name. */
    public static void run(Settings settings) {
        boolean allOrNone = !PatterDataSource.isEmbedded(settings); // H2 cannot
        DataSource database = PatterDataSource.forSteps(settings);
        Schema schema = Schema.of(flyway -> flyway.dataSource(database).group(allOrNone));
        int run = schema.migrate();
        if (run > 0) {
            LOG.log(Level.INFO, "Database tables brought to version {0} ({1} steps).", schema.version(), run);
        }
    }
}
