package app.patter.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The bus of a node that is alone: tells whoever observes signals here, at once, on the thread that publishes. */
@ApplicationScoped
public class LocalBus implements Bus {

    private static final Logger LOG = System.getLogger(LocalBus.class.getName());

    @Inject
    Event<Signal> signals;

    @Override
    public void publish(Signal signal) {
        try {
            signals.fire(signal);
        } catch (RuntimeException | Error e) { // of memory too: the next signal is for others
            LOG.log(
                    Level.ERROR,
                    "Not all of this node heard of " + signal.getClass().getSimpleName(),
                    e);
        }
    }
}
