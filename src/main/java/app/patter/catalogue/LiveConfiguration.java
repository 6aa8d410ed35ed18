package app.patter.catalogue;

import app.patter.upstream.Models;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Hands to {@link Models} what administrators have said, as soon as this node knows that it changed. */
@ApplicationScoped
public class LiveConfiguration {

    private static final long NEVER = -1;

    @Inject
    private ConfigurationStore store;

    @Inject
    private Models models;

    private long applied = NEVER;

    void look(@Observes ConfigurationLook event) {
        refresh();
    }

    /** Looks whether somebody has changed anything, on whatever node, and applies it. */
    public synchronized void refresh() {
        if (store.revision() != applied) {
            ConfigurationStore.Stored stored = store.read();
            models.use(stored.configuration());
            applied = stored.revision();
        }
    }
}
