package app.patter.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One Patter and one Chromium for all tests of this package. Gives each test a {@link Person}, whose pages are compared
 * with the database at its end, and the {@link Teller} that answers. Tests that change what all see, or stop the server, ask
 * for a {@link LivePatter}: another one, which they leave as they found it.
 */
final class Browsers implements BeforeAllCallback, ParameterResolver, AfterEachCallback {

    private static final Namespace SPACE = Namespace.create(Browsers.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        Chromium.require();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Person.class || type == Teller.class || type == LivePatter.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared = context.getStore(StoreScope.LAUNCHER_SESSION, SPACE).getOrComputeIfAbsent(Shared.class);
        if (parameter.getParameter().getType() == LivePatter.class) {
            return shared.spare();
        }
        if (parameter.getParameter().getType() == Teller.class) {
            return context.getStore(SPACE)
                    .getOrComputeIfAbsent(Teller.class, type -> shared.live.teller(), Teller.class);
        }
        return context.getStore(SPACE)
                .getOrComputeIfAbsent(Person.class, type -> new Person(shared.browser, shared.live), Person.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Person person = context.getStore(SPACE).get(Person.class, Person.class);
        Teller teller = context.getStore(SPACE).get(Teller.class, Teller.class);
        if (person != null) {
            try {
                if (context.getExecutionException().isEmpty()) {
                    person.verify();
                }
            } finally {
                person.leaves();
            }
        }
        if (teller != null) {
            teller.close();
        }
    }

    /** Lives as long as the process of the tests. */
    static final class Shared implements AutoCloseable {

        private final Playwright playwright = Chromium.playwright();
        private final Browser browser = Chromium.launch(playwright);
        private final LivePatter live = LivePatter.start(browser);
        private @Nullable LivePatter spare;

        /** Started when it is first wanted; tests come one after the other. */
        private LivePatter spare() {
            if (spare == null) {
                spare = LivePatter.start(browser);
            }
            return spare;
        }

        @Override
        public void close() {
            playwright.close();
            live.close();
            if (spare != null) {
                spare.close();
            }
        }
    }
}
