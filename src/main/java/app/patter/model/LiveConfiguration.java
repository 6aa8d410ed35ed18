package app.patter.model;

import app.patter.admin.LiveCopy;
import app.patter.cluster.ConfigurationTick;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Hands to {@link ModelRegistry} what administrators have said, as soon as this node knows that it changed. */
@ApplicationScoped
public class LiveConfiguration {

    @Inject
    private ModelStore store;

    @Inject
    private ModelRegistry models;

    private final LiveCopy<Configuration> copy =
            new LiveCopy<>(() -> store.revision(), () -> store.read(), configuration -> models.use(configuration));

    void onTick(@Observes ConfigurationTick event) {
        refresh();
    }

    /** Looks whether somebody has changed anything, on whatever node, and applies it. */
    public void refresh() {
        copy.refresh();
    }
}
