package app.patter.tool;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Looks every second whether administrators have changed anything about tools on another node. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ToolWatch {

    private static final Logger LOG = System.getLogger(ToolWatch.class.getName());

    @Inject
    private LiveTools live;

    private volatile boolean away;

    @PostConstruct
    void begin() {
        look();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void look() {
        try {
            live.refresh();
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.log(Level.WARNING, "What was said about tools cannot be read now; trying every second.");
            }
            away = true;
        }
    }
}
