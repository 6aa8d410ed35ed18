package app.patter.cluster;

import app.patter.concurrent.Seldom;
import app.patter.config.Settings;
import app.patter.database.PatterDataSource;
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

    private final Seldom warnings = new Seldom();
    private volatile boolean away;
    private LeaseGrace grace;

    @PostConstruct
    synchronized void begin() {
        boolean alone = PatterDataSource.isEmbedded(Settings.ofProcess());
        grace = new LeaseGrace(Nodes.LEASE.toNanos(), alone, System.nanoTime());
        nodes.enter(alone);
        judge();
    }

    private void judge() {
        if (!grace.mayJudge(System.nanoTime())) {
            return;
        }
        int found = nodes.interruptAbandoned();
        if (found > 0) {
            LOG.log(
                    Level.INFO,
                    "{0} answers of a Patter that has ended are interrupted; they can be continued.",
                    found);
        }
    }

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    synchronized void renew() {
        try {
            long now = System.nanoTime();
            nodes.renew();
            grace.renewed(now);
            judge();
            away = false;
        } catch (RuntimeException e) {
            if (!away && warnings.pass().isPresent()) {
                LOG.log(Level.WARNING, "The lease of this node cannot be renewed; trying every 2 s.");
            }
            away = true;
        }
    }
}
