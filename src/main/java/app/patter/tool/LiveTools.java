package app.patter.tool;

import app.patter.admin.LiveCopy;
import app.patter.cluster.ConfigurationTick;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Hands to {@link ToolRegistry} what administrators have said, as soon as this node knows that it changed. */
@ApplicationScoped
class LiveTools {

    @Inject
    private ToolStore store;

    @Inject
    private ToolRegistry tools;

    private final LiveCopy<ToolStore.Described> copy = new LiveCopy<>(
            () -> store.revision(),
            () -> store.read(),
            described -> tools.use(described.servers(), described.choices()));

    void onTick(@Observes ConfigurationTick event) {
        refresh();
    }

    /** Looks whether somebody has changed anything, on whatever node, and applies it. */
    void refresh() {
        copy.refresh();
    }
}
