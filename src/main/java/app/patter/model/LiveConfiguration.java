package app.patter.model;

import app.patter.cluster.ConfigurationTick;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Hands to {@link ModelRegistry} what administrators have said, as soon as this node knows that it changed. */
@ApplicationScoped
public class LiveConfiguration {

    private static final long NEVER = -1;

    @Inject
    private ModelStore store;

    @Inject
    private ModelRegistry models;

    private long applied = NEVER;

    void onTick(@Observes ConfigurationTick event) {
        refresh();
    }

    /** Looks whether somebody has changed anything, on whatever node, and applies it. */
    public synchronized void refresh() {
        if (store.revision() != applied) {
            ModelStore.Stored stored = store.read();
            models.use(stored.configuration());
            applied = stored.revision();
        }
    }
}
