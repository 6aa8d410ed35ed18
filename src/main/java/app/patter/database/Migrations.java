package app.patter.database;

import app.patter.system.Causes;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date before anything else starts; says so in one clear message if it cannot. */
@DataSourceDefinition(
        name = "java:app/patter/database",
        className = "app.patter.database.ServerDataSource",
        url = "patter",
        minPoolSize = 2,
        initialPoolSize = 2,
        maxPoolSize = 32)
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {

    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    /** SQL state of PostgreSQL. */
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

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
                    "The database tables cannot be brought up to date: " + Start.firstLine(cause(e)) + " " + mend(e),
                    e);
        }
    }

    /** The database's own words, or Flyway's where it refuses. */
    private static Exception cause(FlywayException e) {
        SQLException sql = Causes.find(e, SQLException.class);
        return sql == null ? e : sql;
    }

    private static String mend(FlywayException e) {
        SQLException sql = Causes.find(e, SQLException.class);
        return sql != null && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState())
                ? "Give the database's user the right to make tables, best by making it the owner of the database."
                : "Restore the last backup, or use the version of Patter that made these tables.";
    }
}
