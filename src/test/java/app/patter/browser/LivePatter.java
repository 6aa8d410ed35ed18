package app.patter.browser;

import app.patter.provider.LoopbackModel;
import app.patter.server.ChosenDatabase;
import app.patter.server.PatterServer;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Patter with its database and, unless it runs the demo, a model server. */
final class LivePatter implements AutoCloseable {

    static final String NAME = "ada";
    static final String PASSWORD = "correct horse";

    private static final List<String> LISTED = List.of("told", "local-model", "words-300-at-100", "as-asked");

    private final LoopbackModel model;
    private final ChosenDatabase chosen;
    private final Database database;
    private final PatterServer server;
    private volatile Teller teller = new Teller();
    private String login = "";

    private LivePatter(boolean demo, Map<String, String> more) {
        try {
            Path folder = Files.createTempDirectory(
                    Path.of(System.getProperty("patter.test.war")).getParent(), "browser-");
            model = LoopbackModel.start();
            model.script("told", answer -> teller.play(answer));
            model.script("local-model", answer -> teller.play(answer));
            model.models(answer -> answer.status(200, list()));
            chosen = ChosenDatabase.in(folder);
            database = new Database(chosen);
            // What the teller refuses is told to the person at once; other tests show how it is tried again.
            Map<String, String> settings =
                    chosen.settings(Map.of("PATTER_PROVIDER_RETRIES", "0", "PATTER_HEARTBEAT", "1500"));
            if (!demo) {
                settings.put("PATTER_MODEL_URL", model.base().toString());
            }
            settings.putAll(more);
            server = PatterServer.start(folder, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String list() {
        return LISTED.stream()
                .map(name -> "{\"id\":\"" + name + "\",\"object\":\"model\"}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    /** One with a model server and an account. */
    static LivePatter start(Browser browser) {
        return start(browser, Map.of());
    }

    /** One with settings of its own. */
    static LivePatter start(Browser browser, Map<String, String> settings) {
        LivePatter live = new LivePatter(false, settings);
        try (BrowserContext context = browser.newContext();
                Page page = context.newPage()) {
            page.navigate(live.address().toString());
            page.fill("#name", NAME);
            page.fill("#password", PASSWORD);
            page.click("button.send");
            page.waitForSelector("#composer");
            live.login = context.storageState();
        }
        return live;
    }

    /** One that nobody has visited yet, without any model server. */
    static LivePatter fresh() {
        return new LivePatter(true, Map.of());
    }

    /** A new teller, for a new test. */
    Teller teller() {
        teller.close();
        teller = new Teller();
        return teller;
    }

    URI address() {
        return server.address();
    }

    int port() {
        return server.address().getPort();
    }

    PatterServer server() {
        return server;
    }

    LoopbackModel model() {
        return model;
    }

    Database database() {
        return database;
    }

    /** What a browser keeps of ada's log-in; empty while there is no account. */
    String login() {
        return login;
    }

    @Override
    public void close() {
        teller.close();
        server.close();
        chosen.close();
        try {
            model.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
