package app.patter.journal;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The one timer of a node: set when text waits to be saved, it starts one save for all of it. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Debouncer {

    @Resource
    private TimerService timers;

    @Inject
    private Journal journal;

    /** Sets the timer; not inside a transaction, whose end it would wait for. */
    public void arm(long milliseconds) {
        timers.createSingleActionTimer(milliseconds, new TimerConfig(null, false));
    }

    /**
     * Saves at once. Through this bean, because a thread of our own pools has no naming context on Payara: the first save
     * of all would make its bean without an entity manager, and no later one would ever find one.
     */
    public void now() {
        journal.save();
    }

    /** The timer has fired, or the thread that stands in for it. */
    @Timeout
    public void due() {
        journal.due();
    }
}
