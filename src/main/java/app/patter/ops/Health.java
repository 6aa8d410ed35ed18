package app.patter.ops;

import app.patter.concurrent.Executors;
import app.patter.concurrent.TimedQuery;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.database.DatabaseStatus;
import app.patter.journal.Journal;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/** Whether this node can serve people, and if not, why. */
@ApplicationScoped
public class Health {

    /** Milliseconds to wait for the database, whatever its driver and pool would wait. */
    private static final long PATIENCE = 2_000;

    @Resource(lookup = "java:app/patter/database")
    private DataSource source;

    @Inject
    private DatabaseStatus tables;

    @Inject
    private Journal journal;

    @Inject
    private Executors executors;

    private TimedQuery<List<String>> database;

    private final long least = Settings.ofProcess().number(Setting.DISK_SPACE);

    @PostConstruct
    void start() {
        database = new TimedQuery<>(this::ofDatabase, executors.checks(), PATIENCE);
    }

    /** What is wrong, for operators, each a sentence or two; empty when all is well. Takes two seconds at most. */
    public List<String> problems() {
        List<String> ofDisk = new ArrayList<>();
        space(ofDisk); // first: a bean that is made on a thread of our own has no data source on Payara
        List<String> problems = new ArrayList<>(database.ask().orElse(List.of(HealthText.DATABASE_SILENT.words())));
        if (!journal.healthy()) {
            problems.add(HealthText.SAVING_REFUSED.words());
        }
        problems.addAll(ofDisk);
        return problems;
    }

    private List<String> ofDatabase() {
        try (Connection connection = source.getConnection()) {
            if (!connection.isValid((int) TimeUnit.MILLISECONDS.toSeconds(PATIENCE))) {
                return List.of(HealthText.DATABASE_SILENT.words());
            }
        } catch (SQLException e) {
            return List.of(HealthText.DATABASE_SILENT.words());
        }
        try {
            int behind = tables.behind();
            return behind == 0 ? List.of() : List.of(HealthText.TABLES_BEHIND.words(behind));
        } catch (FlywayException e) {
            return List.of(HealthText.TABLES_UNKNOWN.words());
        }
    }

    private void space(List<String> problems) {
        try {
            long left = tables.space().orElse(Long.MAX_VALUE) / 1_000_000;
            if (left < least) {
                problems.add(HealthText.DISK_FULL.words(left, Setting.DISK_SPACE.variable(), least));
            }
        } catch (IOException e) {
            problems.add(HealthText.FOLDER_UNKNOWN.words(e.getClass().getSimpleName()));
        }
    }
}
