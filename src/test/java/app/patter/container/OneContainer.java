package app.patter.container;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Keeps Arquillian's server from one class of tests to the next. Each class is a test run of its own where Maven forks, and
 * Arquillian stops its server at the end of a run. Comes before Arquillian's own extension, so that it acts around it.
 */
public final class OneContainer implements BeforeAllCallback, AfterAllCallback {

    /** Where Arquillian looks for the manager of its server, in the root's store. */
    private static final Namespace ARQUILLIAN = Namespace.create("arquillianNamespace");

    private static final String MANAGER = "testRunnerManager";

    @Override
    public void beforeAll(ExtensionContext context) {
        Object manager = isClient() ? kept(context).get(MANAGER) : null;
        if (manager != null) {
            context.getRoot().getStore(ARQUILLIAN).put(MANAGER, manager);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isClient()) {
            kept(context).put(MANAGER, removed(context));
        }
    }

    /** Taken away, or it would be closed with the root's store. */
    private static @Nullable Object removed(ExtensionContext context) {
        return context.getRoot().getStore(ARQUILLIAN).remove(MANAGER);
    }

    /** Closed at the end of the process's tests, and the server with it. */
    private static Store kept(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(OneContainer.class));
    }

    /** Not within the server, where this class comes along with the tests. */
    private static boolean isClient() {
        return System.getProperty("patter.test.war") != null;
    }
}
