package app.patter.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/** Somebody with a browser, logged in as ada unless the test says otherwise. */
final class Person {

    /** Tells about everything that the browser refuses, in a place that tests look at. */
    private static final String WATCH = "document.addEventListener('securitypolicyviolation',"
            + " e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));";

    /** Remembers every event stream, and when it was asked for. */
    private static final String STREAMS = """
            window.streams = [];
            window.EventSource = class extends EventSource {
              constructor(address) {
                super(address);
                this.begun = performance.now();
                streams.push(this);
              }
            };""";

    private final Browser browser;
    private final LivePatter live;
    private final URI address;
    private final String login;
    private final Belongings belongings;

    Person(Browser browser, LivePatter live) {
        this(browser, live, live.address(), live.login(), new Belongings());
    }

    private Person(Browser browser, LivePatter live, URI address, String login, Belongings belongings) {
        this.browser = browser;
        this.live = live;
        this.address = address;
        this.login = login;
        this.belongings = belongings;
    }

    /** What a test has opened, and what the browser's console said and may say. */
    private static final class Belongings {
        private final List<ChatPage> pages = new ArrayList<>();
        private final List<AutoCloseable> own = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
        private final List<Pattern> tolerated = new ArrayList<>();
    }

    /** The same person at another Patter, which ends with the test. */
    Person at(LivePatter other) {
        belongings.own.add(other);
        return visiting(other);
    }

    /** The same person at another Patter, which outlives the test. */
    Person visiting(LivePatter other) {
        return new Person(browser, other, other.address(), other.login(), belongings);
    }

    /** The same person behind a wire that can break. */
    Person behind(Wire wire) {
        belongings.own.add(wire);
        return new Person(browser, live, wire.address(), login, belongings);
    }

    /** Makes an account for somebody else, who has no conversations yet. */
    Person invites(String name) {
        String password = "a password";
        ChatPage accounts = visits("accounts", new Browser.NewContextOptions());
        accounts.page().fill("#name", name);
        accounts.page().fill("#password", password);
        accounts.page().press("#password", "Enter");
        accounts.page().waitForSelector(".accounts li:has-text('" + name + "')");
        accounts.page().context().close();
        Person invited = new Person(browser, live, address, "", belongings);
        ChatPage page = invited.visits("login", new Browser.NewContextOptions());
        page.page().fill("#name", name);
        page.page().fill("#password", password);
        page.page().press("#password", "Enter");
        page.awaitComposer();
        String state = page.page().context().storageState();
        page.page().context().close();
        return new Person(browser, live, address, state, belongings);
    }

    /** The same person on a machine where nobody is logged in. */
    Person loggedOut() {
        return new Person(browser, live, address, "", belongings);
    }

    Browser browser() {
        return browser;
    }

    LivePatter patter() {
        return live;
    }

    /** The empty page that begins a conversation. */
    ChatPage begins() {
        return begins(new Browser.NewContextOptions());
    }

    ChatPage begins(Browser.NewContextOptions options) {
        ChatPage page = visits("", options);
        page.awaitComposer();
        return page;
    }

    /** Any page of Patter, in a new window. */
    ChatPage visits(String path) {
        return visits(path, new Browser.NewContextOptions());
    }

    ChatPage visits(String path, Browser.NewContextOptions options) {
        if (!login.isEmpty()) {
            options.setStorageState(login);
        }
        BrowserContext context = browser.newContext(options);
        context.addInitScript(WATCH);
        context.addInitScript(STREAMS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                belongings.troubles.add(message.text() + " (" + message.location() + ")");
            }
        });
        context.onWebError(error -> belongings.troubles.add("uncaught: " + error.error()));
        context.setDefaultTimeout(15_000);
        Page page = context.newPage();
        page.navigate(address.resolve(path).toString());
        return watched(page);
    }

    /** Another tab with the same cookies. */
    ChatPage opens(ChatPage first) {
        return opens(first, "");
    }

    /** Another tab in which a script runs before those of the page. */
    ChatPage opens(ChatPage first, String script) {
        Page page = first.page().context().newPage();
        page.addInitScript(script);
        page.navigate(first.page().url());
        return watched(page);
    }

    private ChatPage watched(Page page) {
        ChatPage chat = new ChatPage(page, live.database());
        belongings.pages.add(chat);
        return chat;
    }

    /** What the browser's console may say in this test. */
    Person tolerates(String pattern) {
        belongings.tolerated.add(Pattern.compile(pattern));
        return this;
    }

    /** Every open page shows what the database holds, and no browser complained. */
    void verify() {
        belongings.pages.forEach(ChatPage::verify);
        List<String> bad = belongings.troubles.stream()
                .filter(trouble -> belongings.tolerated.stream()
                        .noneMatch(allowed -> allowed.matcher(trouble).find()))
                .toList();
        Assertions.assertEquals(List.of(), bad, "the browser complained");
    }

    void leaves() {
        belongings.pages.stream().map(chat -> chat.page().context()).distinct().forEach(BrowserContext::close);
        for (AutoCloseable closeable : belongings.own) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
