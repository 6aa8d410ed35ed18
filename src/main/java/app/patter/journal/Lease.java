package app.patter.journal;

import app.patter.database.PatterDataSource;
import app.patter.system.Settings;
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

/** Keeps this node's lease, and marks as interrupted what nodes without a lease left behind. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Lease {

    private static final Logger LOG = System.getLogger(Lease.class.getName());

    @Inject
    private Nodes nodes;

    @Inject
    private Steps steps;

    private volatile boolean away;

    @PostConstruct
    void begin() {
        nodes.enter(PatterDataSource.isEmbedded(Settings.ofProcess()));
        int found = nodes.interruptAbandoned();
        if (found > 0) {
            LOG.log(Level.INFO, "{0} answers were interrupted when Patter last stopped; they can be continued.", found);
        }
    }

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    void renew() {
        steps.expire();
        try {
            nodes.renew();
            nodes.interruptAbandoned();
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.log(Level.WARNING, "The lease of this node cannot be renewed; trying every 2 s.");
            }
            away = true;
        }
    }
}
