package app.patter.journal;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Measures after the start how soon the server's EJB timers fire. Payara and GlassFish as shipped fire none within a
 * second, which would make tokens arrive in lumps.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TimerCheck {

    private static final Logger LOG = System.getLogger(TimerCheck.class.getName());

    /** Milliseconds. */
    private static final long ASKED = 20;

    /** Milliseconds from asking to firing that nobody sees. */
    private static final long FINE = 250;

    /** A busy start makes single timers late; a coarse server is late each time. */
    private static final int TRIES = 4;

    @Resource
    private TimerService timers;

    /** Guarded by this, like those that follow. */
    private long began;

    private long shortest = Long.MAX_VALUE;
    private int tries;

    private volatile boolean coarse;

    /** Whether the server's timers are too coarse to stream with; false as long as that is not known. */
    public boolean coarse() {
        return coarse;
    }

    @PostConstruct
    synchronized void ask() {
        began = System.nanoTime();
        timers.createSingleActionTimer(ASKED, new TimerConfig(null, false));
    }

    /** One at a time, for each is asked for by the one before. */
    @Timeout
    synchronized void fired() {
        shortest = Math.min(shortest, (System.nanoTime() - began) / 1_000_000);
        tries++;
        if (shortest > FINE && tries < TRIES) {
            ask();
        } else if (shortest > FINE) {
            coarse = true;
            LOG.log(
                    Level.WARNING,
                    "This server''s EJB timers fire after {0} ms at the soonest; Patter saves by a thread of its own."
                            + " On Payara and GlassFish set configs.config.server-config.ejb-container"
                            + ".ejb-timer-service.minimum-delivery-interval-in-millis=1",
                    shortest);
        }
    }
}
