package app.patter.database;

import app.patter.system.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
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

    @Resource(lookup = "java:app/patter/database")
    private DataSource database;

    @PostConstruct
    void migrate() {
        Start.check();
        try {
            run();
        } catch (StartException e) {
            throw Start.refuse(e);
        }
    }

    private void run() {
        boolean allOrNone = !PatterDataSource.isEmbedded(Settings.ofProcess()); // H2 cannot
        Schema schema = Schema.of(flyway -> flyway.dataSource(database).group(allOrNone));
        int run = schema.migrate();
        if (run > 0) {
            LOG.log(Level.INFO, "Database tables brought to version {0} ({1} steps).", schema.version(), run);
        }
    }
}
