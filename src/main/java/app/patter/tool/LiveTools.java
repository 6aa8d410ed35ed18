package app.patter.tool;

import app.patter.cluster.ConfigurationTick;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Hands to {@link ToolRegistry} what administrators have said, as soon as this node knows that it changed. */
@ApplicationScoped
class LiveTools {

    private static final long NEVER = -1;

    @Inject
    private ToolStore store;

    @Inject
    private ToolRegistry tools;

    private long applied = NEVER;

    void onTick(@Observes ConfigurationTick event) {
        refresh();
    }

    /** Looks whether somebody has changed anything, on whatever node, and applies it. */
    synchronized void refresh() {
        if (store.revision() != applied) {
            ToolStore.Stored stored = store.read();
            tools.use(stored.servers(), stored.choices());
            applied = stored.revision();
        }
    }
}
