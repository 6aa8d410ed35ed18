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

    private final Browser browser;
    private final LivePatter live;
    private final URI address;
    private final List<ChatPage> pages;
    private final List<AutoCloseable> own;
    private final List<String> troubles;
    private final List<Pattern> tolerated;

    Person(Browser browser, LivePatter live) {
        this(browser, live, live.address(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    private Person(
            Browser browser,
            LivePatter live,
            URI address,
            List<ChatPage> pages,
            List<AutoCloseable> own,
            List<String> troubles,
            List<Pattern> tolerated) {
        this.browser = browser;
        this.live = live;
        this.address = address;
        this.pages = pages;
        this.own = own;
        this.troubles = troubles;
        this.tolerated = tolerated;
    }

    /** The same person at another Patter, which ends with the test. */
    Person at(LivePatter other) {
        own.add(other);
        return new Person(browser, other, other.address(), pages, own, troubles, tolerated);
    }

    /** The same person behind a wire that can break. */
    Person behind(Wire wire) {
        own.add(wire);
        return new Person(browser, live, wire.address(), pages, own, troubles, tolerated);
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

    /** Any page of Patter, in a window with its own cookies that has ada's log-in. */
    ChatPage visits(String path, Browser.NewContextOptions options) {
        if (!live.login().isEmpty()) {
            options.setStorageState(live.login());
        }
        return comes(path, options);
    }

    /** The same without a log-in. */
    ChatPage comes(String path, Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.addInitScript(WATCH);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                troubles.add(message.text() + " (" + message.location() + ")");
            }
        });
        context.onWebError(error -> troubles.add("uncaught: " + error.error()));
        context.setDefaultTimeout(15_000);
        Page page = context.newPage();
        page.navigate(address.resolve(path).toString());
        return watched(page);
    }

    /** Another tab with the same cookies. */
    ChatPage opens(ChatPage first) {
        Page page = first.page().context().newPage();
        page.navigate(first.page().url());
        return watched(page);
    }

    private ChatPage watched(Page page) {
        ChatPage chat = new ChatPage(page, live.database());
        pages.add(chat);
        return chat;
    }

    /** What the browser's console may say in this test. */
    Person tolerates(String pattern) {
        tolerated.add(Pattern.compile(pattern));
        return this;
    }

    /** Every open page shows what the database holds, and no browser complained. */
    void verify() {
        pages.forEach(ChatPage::verify);
        List<String> bad = troubles.stream()
                .filter(trouble -> tolerated.stream()
                        .noneMatch(allowed -> allowed.matcher(trouble).find()))
                .toList();
        Assertions.assertEquals(List.of(), bad, "the browser complained");
    }

    void leaves() {
        pages.stream()
                .map(chat -> chat.page().context())
                .distinct()
                .filter(context -> context.browser().isConnected())
                .forEach(BrowserContext::close);
        for (AutoCloseable closeable : own) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
