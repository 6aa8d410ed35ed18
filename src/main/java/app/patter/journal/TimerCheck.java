package app.patter.journal;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
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
@DependsOn("Migrations") // by then the settings are known to be right
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TimerCheck {

    private static final Logger LOG = System.getLogger(TimerCheck.class.getName());

    /** Milliseconds that a timer may be late on any machine; nobody sees them. */
    private static final long MARGIN = 50;

    /** A busy start makes single timers late; a coarse server is late each time. */
    private static final int TRIES = 8;

    @Resource
    private TimerService timers;

    /** Milliseconds, those of the debouncer while nothing slows it down. Guarded by this, like those that follow. */
    private long interval;

    private long began;

    private long soonest = Long.MAX_VALUE;
    private int tries;

    private volatile boolean coarse;

    /** Whether the server's timers are too coarse to stream with, as far as is known by now. */
    public boolean coarse() {
        return coarse;
    }

    /** Not in a constructor: GlassFish calls that, too, to make a stand-in for the bean, before the settings are checked. */
    @PostConstruct
    synchronized void begin() {
        interval = Settings.ofProcess().number(Setting.SAVE_INTERVAL);
        ask();
    }

    private synchronized void ask() {
        began = System.nanoTime();
        timers.createSingleActionTimer(interval, new TimerConfig(null, false));
    }

    /** One at a time, for each is asked for by the one before. */
    @Timeout
    synchronized void fired() {
        soonest = Math.min(soonest, (System.nanoTime() - began) / 1_000_000);
        tries++;
        coarse = late(soonest, interval);
        if (coarse && tries < TRIES) {
            ask();
        } else {
            report();
        }
    }

    /** Whether text would wait more than twice as long as it should. */
    static boolean late(long soonest, long interval) {
        return soonest > 2 * interval + MARGIN;
    }

    private void report() {
        LOG.log(Level.INFO, "EJB timers of {0} ms fire after {1} ms", whole(interval), whole(soonest));
        if (coarse) {
            LOG.log(
                    Level.WARNING,
                    "This server''s EJB timers fire after {0} ms at the soonest; Patter saves by a thread of its own."
                            + " On Payara and GlassFish set configs.config.server-config.ejb-container"
                            + ".ejb-timer-service.minimum-delivery-interval-in-millis=1",
                    whole(soonest));
        }
    }

    /** Without the commas that a log would put in. */
    private static String whole(long milliseconds) {
        return Long.toString(milliseconds);
    }
}
