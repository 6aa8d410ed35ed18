package app.patter.journal;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/**
 * Sees for the journal what whoever saves cannot: that the process will end some day, and once a second whether a save
 * stands still.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SaveWatchdog {

    @Inject
    private Journal journal;

    @PostConstruct
    void begin() {
        journal.expectEnd();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void check() {
        journal.checkStalls();
    }
}
