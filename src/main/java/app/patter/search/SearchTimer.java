package app.patter.search;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has the search index follow the database, every second. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SearchTimer {

    private static final Logger LOG = System.getLogger(SearchTimer.class.getName());

    @Inject
    private ConversationSearch search;

    private final AtomicBoolean running = new AtomicBoolean();

    private volatile boolean failing;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void look() {
        if (!running.compareAndSet(false, true)) {
            return; // the last look takes long
        }
        try {
            search.update();
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                LOG.log(
                        Level.WARNING,
                        "The search index cannot follow the database now ({0}); trying every second.",
                        e.getClass().getSimpleName());
            }
            failing = true;
        } finally {
            running.set(false);
        }
    }
}
