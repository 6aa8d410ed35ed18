package app.patter.operation;

import app.patter.database.Tables;
import app.patter.journal.Journal;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/** Whether this node can serve people, and if not, why. */
@ApplicationScoped
public class Health {

    /** Seconds to wait for the database. */
    private static final int PATIENCE = 2;

    /** Bytes that the embedded database needs to go on for a while. */
    private static final long SPACE = 64 << 20;

    @Resource(lookup = "java:app/patter/database")
    private DataSource database;

    @Inject
    private Tables tables;

    @Inject
    private Journal journal;

    /** What is wrong, for operators, each a sentence or two; empty when all is well. Takes two seconds at most. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (answers()) {
            migrated(problems);
        } else {
            problems.add("The database does not answer.");
        }
        if (!journal.healthy()) {
            problems.add("The database refuses to save what is being written; Patter keeps it and tries again.");
        }
        space(problems);
        return problems;
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(PATIENCE);
        } catch (SQLException e) {
            return false;
        }
    }

    private void migrated(List<String> problems) {
        try {
            int behind = tables.behind();
            if (behind > 0) {
                problems.add("The tables are " + behind
                        + " versions older than Patter, as after a restored backup. Start Patter again to mend that.");
            }
        } catch (FlywayException e) {
            problems.add("The tables cannot be looked at.");
        }
    }

    private void space(List<String> problems) {
        try {
            long left = tables.space().orElse(Long.MAX_VALUE);
            if (left < SPACE) {
                problems.add("The disk is full: " + (left >> 20) + " MB are left for the data folder. Make room.");
            }
        } catch (IOException e) {
            problems.add("The data folder cannot be looked at: " + e.getClass().getSimpleName() + ".");
        }
    }
}
