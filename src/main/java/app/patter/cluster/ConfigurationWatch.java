package app.patter.cluster;

import app.patter.concurrent.Seldom;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Looks every second whether administrators have changed anything on another node. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ConfigurationWatch {

    private static final Logger LOG = System.getLogger(ConfigurationWatch.class.getName());

    @Inject
    private Event<ConfigurationTick> looks;

    private final Seldom warnings = new Seldom();
    private volatile boolean away;

    @PostConstruct
    void begin() {
        check();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void check() {
        try {
            looks.fire(new ConfigurationTick());
            away = false;
        } catch (RuntimeException e) {
            if (!away && warnings.pass().isPresent()) {
                LOG.log(Level.WARNING, "What administrators have set cannot be read now; trying every second.");
            }
            away = true;
        }
    }
}
