package app.patter.conversation;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Deletes for good what can no longer be brought back, once a minute, on whatever node. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeletionPurge {

    private static final Logger LOG = System.getLogger(DeletionPurge.class.getName());

    @Inject
    private Deletions deletions;

    @Schedule(hour = "*", minute = "*", persistent = false)
    void run() {
        try {
            while (deletions.purge()) {
                // a few at a time, so that nobody waits long for their rows
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Deleted messages wait to be deleted for good: {0}", e.getClass());
        }
    }
}
