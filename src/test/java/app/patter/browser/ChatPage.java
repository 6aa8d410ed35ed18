package app.patter.browser;

import app.patter.server.Shown;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ScreenshotCaret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/** A page with a conversation, and what a person does and sees there. */
final class ChatPage {

    private static final Pattern CONVERSATION = Pattern.compile("/c/([0-9a-f-]{36})");
    private static final long PATIENCE = 60_000_000_000L;

    /** The HTML of each run as the server wrote it, without what the page's script made of it. */
    private static final String RUNS = """
            () => Object.fromEntries([...document.querySelectorAll('.message .text')].map(run => {
              const copy = run.cloneNode(true);
              copy.querySelectorAll('.tools').forEach(tools => tools.replaceChildren());
              copy.querySelectorAll('.diagram').forEach(diagram => diagram.remove());
              copy.querySelectorAll('.wrapped').forEach(code => code.classList.remove('wrapped'));
              copy.querySelectorAll('.math.unset').forEach(math => math.classList.remove('unset'));
              copy.querySelectorAll('pre > code').forEach(code => code.textContent = code.textContent);
              copy.querySelectorAll('.math[data-source]').forEach(math => {
                math.textContent = math.dataset.source;
                delete math.dataset.source;
              });
              return [run.id, copy.innerHTML];
            }))""";

    private static final String ANSWER = "() => [...([...document.querySelectorAll('.message.assistant')].pop()"
            + "?.querySelectorAll('.body > .text') ?? [])].map(e => e.textContent).join('').trim()";

    private final Page page;
    private final Database database;

    ChatPage(Page page, Database database) {
        this.page = page;
        this.database = database;
    }

    Page page() {
        return page;
    }

    /** The conversation's id; the page must be one. */
    String conversation() {
        Matcher found = CONVERSATION.matcher(page.url());
        Assertions.assertTrue(found.find(), () -> "no conversation: " + page.url());
        return found.group(1);
    }

    // What a person does

    ChatPage choose(String model) {
        page.selectOption("#model", model);
        return this;
    }

    /** Types a text and presses Enter; on an empty page also waits for the conversation's own page. */
    ChatPage ask(String text) {
        boolean begins = !CONVERSATION.matcher(page.url()).find();
        page.fill("#text", text);
        page.press("#text", "Enter");
        if (begins) {
            awaitConversation();
        }
        return this;
    }

    ChatPage awaitConversation() {
        await("the conversation's page", page::url, url -> CONVERSATION
                .matcher(url)
                .find());
        page.waitForSelector("#messages .message.assistant");
        return this;
    }

    /** A browser without a window hides nothing by itself. */
    void hide(boolean hidden) {
        evaluate("() => { " + hidden(hidden)
                + " document.dispatchEvent(new Event('visibilitychange', { bubbles: true })) }");
    }

    /** What makes a page hidden or not. */
    static String hidden(boolean hidden) {
        return "Object.defineProperty(document, 'hidden', { value: " + hidden + ", configurable: true });";
    }

    void awaitComposer() {
        page.waitForSelector("#composer");
        page.waitForLoadState(); // before its scripts have run, Enter only begins another line
    }

    void stop() {
        page.click(".composer .stop");
    }

    /** Presses a button of the last answer. */
    void press(String label) {
        button(label).click();
    }

    /** A button of the last answer. */
    Locator button(String label) {
        return last().locator(".actions button", new Locator.LocatorOptions().setHasText(label));
    }

    /** The last answer. */
    Locator last() {
        return page.locator(".message.assistant").last();
    }

    // What a person sees

    /** The text of the last answer, without its reasoning. */
    String answer() {
        return (String) evaluate(ANSWER);
    }

    /** How far the last answer is, as the style sheet sees it. */
    String state() {
        return String.valueOf(
                evaluate("() => [...document.querySelectorAll('.message.assistant .head')].pop()" + "?.dataset.state"));
    }

    /** What the last answer's head says about its phase; empty when it is done. */
    String phase() {
        return String.valueOf(evaluate("() => [...document.querySelectorAll('.message.assistant')].pop()"
                + "?.querySelector('.phase')?.textContent ?? ''"));
    }

    /** How many event streams the page has open, or tries to open. */
    int streams() {
        return ((Number) evaluate("() => streams.filter(stream => stream.readyState !== 2).length")).intValue();
    }

    /** When the page asked for each of its event streams so far, in milliseconds. */
    List<Double> attempts() {
        List<?> begun = (List<?>) evaluate("() => streams.map(stream => stream.begun)");
        return begun.stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    String typed() {
        return page.inputValue("#text");
    }

    /** What the page says about its connection; empty when it says nothing. */
    String status() {
        return String.valueOf(evaluate(
                "() => { const s = document.getElementById('status');" + " return s.hidden ? '' : s.textContent }"));
    }

    String problem() {
        return page.locator("#problem").textContent().strip();
    }

    /** Every run on the page, by DOM id. */
    @SuppressWarnings("unchecked")
    Map<String, Shown.Run> runs() {
        Map<String, Shown.Run> runs = new TreeMap<>();
        ((Map<String, String>) evaluate(RUNS)).forEach((id, html) -> runs.put(id, Shown.Run.of(html)));
        return runs;
    }

    /** The texts of the messages' runs, from top to bottom. */
    @SuppressWarnings("unchecked")
    List<String> texts() {
        return (List<String>) evaluate(
                "() => [...document.querySelectorAll('.message .body > .text')].map(e => e.textContent.trim())");
    }

    /** Evaluates a function in the page; again if the page was being replaced by another meanwhile. */
    Object evaluate(String function) {
        for (int attempt = 1; ; attempt++) {
            try {
                return page.evaluate(function);
            } catch (PlaywrightException e) {
                if (attempt == 5 || !String.valueOf(e.getMessage()).contains("context was destroyed")) {
                    throw e;
                }
            }
        }
    }

    // Waiting

    /** The answer is exactly this, but for blanks around it. */
    void awaitAnswer(String text) {
        await("the answer", this::answer, text.strip()::equals, text.strip());
    }

    void awaitState(String state) {
        await("the state", this::state, state::equals, state);
    }

    /** The answer is complete and exactly this. */
    void awaitDone(String exactly) {
        awaitState("done");
        awaitAnswer(exactly);
    }

    void awaitStatus(String words) {
        await("the status line", this::status, status -> words.isEmpty() ? status.isEmpty() : status.contains(words));
    }

    void awaitProblem(String words) {
        await("the problem at the composer", this::problem, problem -> problem.contains(words), words);
    }

    <T> void await(String what, Supplier<T> actual, Predicate<T> wanted) {
        await(what, actual, wanted, null);
    }

    /** For what needs a server to start and a page to come again. */
    <T> void awaitLong(String what, Supplier<T> actual, Predicate<T> wanted) {
        await(what, actual, wanted, null, 4 * PATIENCE);
    }

    private <T> void await(String what, Supplier<T> actual, Predicate<T> wanted, Object expected) {
        await(what, actual, wanted, expected, PATIENCE);
    }

    private <T> void await(String what, Supplier<T> actual, Predicate<T> wanted, Object expected, long patience) {
        long end = System.nanoTime() + patience;
        T last = actual.get();
        while (!wanted.test(last)) {
            if (System.nanoTime() > end) {
                Assertions.assertEquals(
                        Objects.requireNonNullElse(expected, "(something else)"), last, "waited in vain for " + what);
                Assertions.fail("waited in vain for " + what + ", still " + last);
            }
            page.waitForTimeout(10);
            last = actual.get();
        }
    }

    // After each test

    /** What the page shows is what the database holds, character for character. Not for pages closed by the test. */
    void verify() {
        if (page.isClosed() || !CONVERSATION.matcher(page.url()).find()) {
            return;
        }
        String conversation = conversation();
        long end = System.nanoTime() + PATIENCE;
        while (!runs().equals(saved(conversation)) && System.nanoTime() < end) {
            page.waitForTimeout(20);
        }
        Assertions.assertEquals(saved(conversation), runs(), "the page and the database");
    }

    /** The runs in the database of those messages that stand on this page. */
    private Map<String, Shown.Run> saved(String conversation) {
        Map<String, Shown.Run> saved = database.runs(conversation);
        @SuppressWarnings("unchecked")
        List<String> shown =
                (List<String>) evaluate("() => [...document.querySelectorAll('.message')].map(e => e.id.slice(1))");
        saved.keySet().removeIf(id -> !shown.contains(id.substring(1, id.indexOf('-'))));
        return saved;
    }

    /** Saves a picture for people to look at. */
    void picture(String name) {
        picture(Path.of(System.getProperty("patter.test.war")).resolveSibling("screenshots"), name);
    }

    /** Saves a picture for the documentation. */
    void documentation(String name) {
        String folder = System.getProperty("patter.pictures");
        if (folder == null) {
            picture("documentation-" + name);
        } else {
            picture(Path.of(folder), name);
        }
    }

    private void picture(Path folder, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setCaret(ScreenshotCaret.INITIAL) // hiding it would change the page
                .setPath(folder.resolve(name + ".png")));
    }
}
