package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Code, formulas and diagrams once they are complete. */
@ExtendWith(Browsers.class)
class BlocksIT {

    private static final String JAVA = "class Swift {\n    int hours = 10; // in the air\n}\n";
    private static final String BLOCK = "```java\n" + JAVA + "```\n\n";
    private static final String CHART =
            "```mermaid\nflowchart LR\n  A[Egg] --> B{Warm?}\n  B -->|yes| C[Chick]\n```\n\n";

    private static final String HIGHLIGHTED = ".assistant pre > code .hljs-keyword";
    private static final String LAST_HIGHLIGHTED = ".message:last-child figure:nth-last-of-type(1) .hljs-keyword";
    private static final String COPY = ".tools button:text-is('Copy')";
    private static final String DRAWN = ".diagram.drawn iframe";

    /** What the page asked for, from the time at which it is watched. */
    private static List<String> requests(Page page) {
        List<String> urls = new CopyOnWriteArrayList<>();
        page.onRequest(request -> urls.add(request.url()));
        return urls;
    }

    private static long among(List<String> urls, String part) {
        return urls.stream().filter(url -> url.contains(part)).count();
    }

    private static ChatPage answered(Person ada, Teller model, String text) {
        return answered(ada, model, text, new Browser.NewContextOptions());
    }

    private static ChatPage answered(Person ada, Teller model, String text, Browser.NewContextOptions options) {
        ChatPage chat = ada.begins(options).ask("Show me.");
        model.asked().writes(text).finishes();
        chat.awaitState("done");
        return chat;
    }

    private static void awaitOne(ChatPage chat, String selector) {
        chat.await(selector, () -> chat.page().locator(selector).count(), count -> count > 0);
    }

    private static boolean has(ChatPage chat, String selector) {
        return chat.page().locator(selector).count() > 0;
    }

    /** Asks for code and waits for its colours: whatever the page had to do before that is done then. */
    private static void colours(ChatPage chat, Teller model) {
        chat.ask("Show me code.");
        model.asked().writes(BLOCK).finishes();
        awaitOne(chat, LAST_HIGHLIGHTED);
    }

    /** Nothing was asked for before that many requests. */
    private static void assertLater(List<String> urls, String part, int before) {
        assertEquals(0, among(urls.subList(0, before), part), part + " is asked for too early: " + urls);
    }

    private static void awaitNextPicture(ChatPage chat) {
        chat.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    @Test
    void aPageWithoutCodeFormulasAndDiagramsLoadsNothingForThem(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        List<String> urls = requests(chat.page());
        chat.ask("Say something.");
        model.asked()
                .writes("It costs $5 or $10, *not* `15`.\n\n- one\n- two\n")
                .finishes();
        chat.awaitState("done");
        chat.page().reload();
        assertTrue(chat.answer().contains("It costs $5 or $10"), chat.answer());
        assertFalse(has(chat, ".math"), "takes money for a formula");
        int before = urls.size();
        colours(chat, model);

        assertTrue(among(urls, "/js/blocks.js") > 0, urls.toString());
        for (String later : List.of("code.js", "blocks.css", "highlight")) {
            assertLater(urls, later, before);
        }
        for (String unused : List.of("formulas.js", "katex", "mermaid", "/diagram")) {
            assertEquals(0, among(urls, unused), unused + " in " + urls);
        }
    }

    @Test
    void codeIsColouredOnceItIsCompleteAndNotBefore(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        List<String> urls = requests(chat.page());
        chat.ask("Show me.");
        String most = JAVA.substring(0, JAVA.length() - 2);
        Telling answer = model.asked().writes("Here:\n\n```java\n" + most);
        chat.await("the code", chat::answer, text -> text.contains("in the air"));
        answer.writes("}\n");
        chat.await("its end", chat::answer, text -> text.endsWith("}"));
        assertFalse(has(chat, ".tools button"), "has tools too early");

        int before = urls.size();
        answer.writes("```\n\nThat ");
        awaitOne(chat, HIGHLIGHTED);
        assertLater(urls, "highlight", before);
        assertEquals(JAVA, chat.page().locator("pre > code").textContent());
        assertEquals(1, among(urls, "highlight.min.js"));
        assertEquals(0, among(urls, "katex") + among(urls, "mermaid"), urls.toString());

        answer.writes("was it. And\n\n```dockerfile\nFROM scratch\n```\n").finishes();
        awaitOne(chat, ".language-dockerfile .hljs-keyword");
        assertEquals(1, among(urls, "highlight.min.js"), "loads the library again");
        assertEquals(1, among(urls, "languages/"), urls.toString());

        chat.page().reload();
        awaitOne(chat, HIGHLIGHTED);
        awaitOne(chat, ".language-dockerfile .hljs-keyword");
    }

    @Test
    void unknownLanguagesAndHugeBlocksStayPlain(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        List<String> urls = requests(chat.page());
        chat.ask("Show me.");
        Telling answer =
                model.asked().writes("```klingon\nclass Qapla' {}\n```\n\n```\nclass None {}\n```\n\n```java\n");
        for (int i = 0; i < 60; i++) {
            answer.writes("class Long { int number = 12345; }\n".repeat(30));
        }
        answer.writes("```\n").finishes();
        chat.awaitState("done");
        awaitOne(chat, ".language-java >> xpath=../.. >> " + COPY);
        assertEquals(3, chat.page().locator(COPY).count());
        int before = urls.size();
        colours(chat, model);
        assertLater(urls, "highlight", before);
        assertEquals(1, chat.page().locator(HIGHLIGHTED).count(), "what came before stays plain");
    }

    @Test
    void codeThatTakesLongToColourDoesNotStopThePage(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Show me.");
        model.asked()
                .writes("```ini\n" + "a".repeat(40_000) + "\n```\n\n" + BLOCK + "End.")
                .finishes();
        chat.awaitState("done");
        chat.await("work beside the page", () -> chat.page().workers().size(), count -> count == 1);
        chat.page().fill("#text", "Still here");
        assertEquals("Still here", chat.typed());
    }

    @Test
    void onlyCodeNearTheReaderIsColoured(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, BLOCK + "A line.\n\n".repeat(200) + BLOCK);
        String last = "figure:nth-last-of-type(1) .hljs-keyword";
        chat.page().reload();
        awaitOne(chat, last); // of what is near, the upper one comes first
        assertEquals(1, chat.page().locator(HIGHLIGHTED).count(), "colours what nobody sees");
        chat.evaluate("() => { document.getElementById('scroll').scrollTop = 0 }");
        chat.await("colours above", () -> chat.page().locator(HIGHLIGHTED).count(), count -> count == 2);
    }

    @Test
    void codeIsNotTouchedWhileTheReaderHasASelectionInIt(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Show me.");
        Telling answer = model.asked().writes("```java\n" + JAVA);
        chat.await("the code", chat::answer, text -> text.contains("in the air"));
        chat.evaluate("() => { const text = document.querySelector('pre > code').firstChild;"
                + " getSelection().setBaseAndExtent(text, 0, text, 11) }");
        answer.writes("```\n\n" + BLOCK + "End.").finishes();
        chat.awaitState("done");
        awaitOne(chat, LAST_HIGHLIGHTED); // after the first one's turn
        assertEquals("class Swift", chat.evaluate("() => String(getSelection())"));
        assertEquals(1, chat.page().locator(HIGHLIGHTED).count(), "colours what is selected");

        chat.evaluate("() => getSelection().removeAllRanges()");
        chat.await("the colours", () -> chat.page().locator(HIGHLIGHTED).count(), count -> count == 2);
    }

    @Test
    void codeIsCopiedByMouseAndByKeyboard(Person ada, Teller model) {
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
        ChatPage chat = answered(ada, model, BLOCK + "```\nplain <b>&amp;\n\tcode\n```\n", options);
        awaitOne(chat, HIGHLIGHTED);
        chat.page().locator(COPY).first().click();
        chat.await("the answer", () -> told(chat), "Copied"::equals);
        assertEquals(JAVA.stripTrailing(), clipboard(chat), "a line end that runs what is pasted");
        assertEquals(1, chat.page().locator(".tools button:text-is('Copied')").count());
        chat.await("no more words", () -> told(chat), String::isEmpty);
        assertEquals(2, chat.page().locator(COPY).count());

        chat.page().locator("pre").last().focus();
        chat.page().keyboard().press("Tab");
        assertEquals("Wrap", chat.page().locator(":focus").textContent());
        chat.page().keyboard().press("Tab");
        chat.page().keyboard().press("Enter");
        chat.await("the answer", () -> told(chat), "Copied"::equals);
        assertEquals("plain <b>&amp;\n\tcode", clipboard(chat));
    }

    private static String told(ChatPage chat) {
        return chat.page().locator("span.hidden[role=status]").textContent();
    }

    private static Object clipboard(ChatPage chat) {
        return chat.evaluate("() => navigator.clipboard.readText()");
    }

    @Test
    void whereTheBrowserDoesNotCopyTheCodeIsSelected(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, BLOCK);
        awaitOne(chat, COPY);
        chat.evaluate("() => { Object.defineProperty(navigator, 'clipboard', { value: undefined });"
                + " document.execCommand = () => false }");
        chat.page().click(COPY);
        chat.await("the answer", () -> told(chat), words -> words.contains("copy it yourself"));
        assertEquals(1, chat.page().locator(".tools button:text-is('Selected')").count());
        assertEquals(
                JAVA.strip(),
                String.valueOf(chat.evaluate("() => String(getSelection())")).strip());
    }

    @Test
    void longLinesWrapOnDemand(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "```text\n" + "word ".repeat(100) + "\n```\n");
        Locator wrap = chat.page().locator(".tools button:text-is('Wrap')");
        String wide =
                "() => { const pre = document.querySelector('.code pre'); return pre.scrollWidth > pre.clientWidth }";
        assertEquals(true, chat.evaluate(wide));
        wrap.click();
        assertEquals("true", wrap.getAttribute("aria-pressed"));
        assertEquals(false, chat.evaluate(wide));
        wrap.press("Space");
        assertEquals("false", wrap.getAttribute("aria-pressed"));
        assertEquals(true, chat.evaluate(wide));
        wrap.click();
    }

    @Test
    void formulasAreSetAsSoonAsTheyAreComplete(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        List<String> urls = requests(chat.page());
        chat.ask("Show me.");
        Telling answer = model.asked().writes("Euler: $e^{i\\pi} + 1 = 0$ is");
        awaitOne(chat, ".math math");
        assertEquals("e^{i\\pi} + 1 = 0", chat.page().locator(".math").getAttribute("data-source"));
        answer.writes(" known.\n\n$$\\int_0^1 x\\,dx = \\frac{1}{2}$$\n\n| a | b |\n|---|---|\n| $x^2$ | \\(y\\) |\n\n"
                        + "And \\[\\ce{2H2 + O2 -> 2H2O}\\]\n")
                .finishes();
        chat.awaitState("done");
        chat.await("all", () -> chat.page().locator(".math math").count(), count -> count == 5);
        assertEquals(2, chat.page().locator(".math math[display=block]").count());
        assertFalse(has(chat, ".math.unset"));
        assertEquals(1, among(urls, "katex.min.js"));
        assertEquals(0, among(urls, "highlight") + among(urls, "mermaid"), urls.toString());

        chat.page().reload();
        chat.await("all again", () -> chat.page().locator(".math math").count(), count -> count == 5);
    }

    @Test
    void whoCopiesFormulasGetsTheirSource(Person ada, Teller model) {
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
        ChatPage chat = answered(ada, model, "So \\(x^2\\) it is.\n\n$$\\frac12$$\n\nEnd.", options);
        chat.await("both", () -> chat.page().locator(".math math").count(), count -> count == 2);
        chat.evaluate("() => { const text = document.querySelector('.assistant .body > .text');"
                + " getSelection().setBaseAndExtent(text.querySelector('mi').firstChild, 0, text.lastChild, 1) }");
        chat.page().keyboard().press("Control+c");
        chat.await(
                "the copy",
                () -> String.valueOf(clipboard(chat)).replaceAll("\\s*\n\\s*", "|"),
                "$x^2$ it is.|$$\\frac12$$|End."::equals);
    }

    @Test
    void aPageWithManyFormulasOpensAtItsEnd(Person ada, Teller model) {
        ChatPage chat =
                answered(ada, model, "$$\\sum_{n=1}^\\infty \\frac{\\frac{1}{2}}{n^2}$$\n\n".repeat(150) + "End.");
        chat.page().reload();
        chat.await("all", () -> chat.page().locator(".math math").count(), count -> count == 150);
        awaitNextPicture(chat);
        chat.await(
                "the end",
                () -> ((Number) chat.evaluate("() => { const s = document.getElementById('scroll');"
                                + " return s.scrollHeight - s.scrollTop - s.clientHeight }"))
                        .doubleValue(),
                left -> left < 2);
    }

    @Test
    void hostileFormulasDoNothing(Person ada, Teller model) {
        List<String> refused = List.of(
                "\\href{javascript:document.title='owned'}{x}",
                "\\url{https://example.org/}",
                "\\includegraphics[width=9em]{https://example.org/x.png}",
                "\\htmlData{x=y}{z}",
                "\\htmlStyle{position:fixed}{z}",
                "\\htmlId{composer}{z}",
                "\\htmlClass{hidden}{z}",
                "\\def\\a{\\a\\a}\\a",
                "\\def\\a{" + "x".repeat(800) + "}\\def\\b{\\a\\a\\a\\a\\a\\a\\a\\a}\\def\\c{\\b\\b\\b\\b\\b\\b\\b\\b}"
                        + "\\def\\d{\\c\\c\\c\\c\\c\\c\\c\\c}\\d\\d\\d\\d\\d\\d\\d\\d",
                "\\frac{1}{",
                "{".repeat(100_000),
                "{".repeat(3_000) + "}".repeat(3_000) + "\\nosuchcommand");
        List<String> allowed = List.of(
                "\\color{red} x",
                "\\fcolorbox{red}{blue}{x}",
                "\\rule{100000em}{100000em}",
                "\\cancel{x} \\bcancel{y} \\xcancel{z}",
                "x \\tag{1}",
                "\\text{\" style=\"color:red\" <b onclick=x>}",
                "\\text{<img src=x onerror=alert(1)>}",
                "\\phase{x} \\angl{n} \\boxed{y} \\verb|\"<b>|");
        ChatPage chat = ada.begins().ask("Attack.");
        Telling answer = model.asked();
        allowed.forEach(source -> answer.writes("$$" + source + "$$\n\n"));
        refused.forEach(source -> answer.writes("$$" + source + "$$\n\n"));
        answer.writes("End.").finishes();
        chat.awaitState("done");
        chat.await(
                "all tried",
                () -> chat.page().locator(".math:not([data-source])").count(),
                left -> left == 0);

        assertUnharmed(chat, allowed.size());
        chat.page().reload();
        chat.await("some", () -> chat.page().locator(".math math").count(), count -> count == allowed.size());
        assertUnharmed(chat, allowed.size());
        assertTrue(chat.answer().contains("\\htmlStyle{position:fixed}{z}"), "the source is not shown");
    }

    private static void assertUnharmed(ChatPage chat, int set) {
        assertEquals(set, chat.page().locator(".math math").count(), "formulas that are set");
        assertEquals(
                0,
                chat.page()
                        .locator(".math :is([style], a, img, b, [onclick], [href], [id])")
                        .count());
        assertEquals(0, chat.page().locator(".math.unset math").count());
        assertEquals("Attack. · Patter", chat.page().title());
        assertEquals(true, chat.evaluate("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    @Test
    void aDiagramIsDrawnInAFrameOfItsOwnOnDemand(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        List<String> urls = requests(chat.page());
        chat.ask("Show me.");
        model.asked().writes("An egg:\n\n" + CHART + "End.").finishes();
        chat.awaitState("done");
        awaitOne(chat, "button:text-is('Show diagram')");
        int before = urls.size();

        chat.page().click("text=Show diagram");
        awaitOne(chat, DRAWN);
        assertLater(urls, "mermaid", before);
        assertLater(urls, "/diagram", before);
        FrameLocator frame = chat.page().frameLocator(DRAWN);
        assertTrue(frame.locator("svg").textContent().contains("Chick"));
        assertEquals("allow-scripts", chat.page().locator(DRAWN).getAttribute("sandbox"));
        assertEquals("null", frame.locator("svg").evaluate("() => origin"));
        double high = chat.page().locator(DRAWN).boundingBox().height;
        assertTrue(high > 40 && high < 1_000, "height " + high);
        assertFalse(chat.page().locator(".code pre").isVisible(), "shows the source as well");

        chat.page().click("text=Hide diagram");
        assertFalse(has(chat, "iframe"));
        assertTrue(chat.page().locator(".code pre").isVisible());
        chat.page().click("text=Show diagram");
        awaitOne(chat, DRAWN);
        Object byDay = ink(frame);
        chat.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        chat.await("the colours of the night", () -> ink(frame), colour -> !colour.equals(byDay));
        assertTrue(frame.locator("svg").textContent().contains("Chick"));

        chat.page().reload();
        awaitOne(chat, "button:text-is('Show diagram')");
        assertFalse(has(chat, "iframe"));
    }

    private static Object ink(FrameLocator frame) {
        return frame.locator("svg").evaluate("svg => getComputedStyle(svg).fill");
    }

    @Test
    void theFrameOfADiagramIsShutOff(Person ada) {
        ChatPage chat = ada.begins();
        Map<String, String> frame = headers(chat, "diagram");
        String policy = frame.get("content-security-policy");
        for (String wanted : List.of("sandbox allow-scripts;", "default-src 'none'", "frame-ancestors 'self'")) {
            assertTrue(policy.contains(wanted), policy);
        }
        assertFalse(policy.contains("connect-src") || policy.contains("img-src"), policy);
        assertEquals("nosniff", frame.get("x-content-type-options"));
        String around = headers(chat, "").get("content-security-policy");
        assertTrue(around.contains("frame-src 'self';") && !around.contains("unsafe"), around);
        assertTrue(around.contains("frame-ancestors 'none'"), around);
    }

    private static Map<String, String> headers(ChatPage chat, String path) {
        String url = chat.page().url() + path;
        return chat.page().request().get(url).headers();
    }

    @Test
    void hostileDiagramsCannotReachThePage(Person ada, Teller model) {
        List<String> hostile = List.of(
                "flowchart LR\n  A[\"<img src=x onerror=parent.document.title='owned'>\"] --> B[\"<script>parent.location='/'</script>\"]",
                "flowchart LR\n  A --> B\n  click A \"javascript:parent.document.title='owned'\"\n  click B href \"https://example.org/\" _top",
                "flowchart LR\n  A --> B\n  click A call alert(1)",
                "%%{init: {\"securityLevel\": \"loose\", \"htmlLabels\": true, \"startOnLoad\": true}}%%\nflowchart LR\n  A[\"<iframe src=/ ></iframe>\"] --> B\n  click A call alert(1)",
                "%%{init: {\"themeCSS\": \"} * { background: url(https://example.org/x.png) } @import 'https://example.org/x.css';\", \"fontFamily\": \"x; background: url(https://example.org/)\"}}%%\nflowchart LR\n  A --> B",
                "---\nconfig:\n  securityLevel: loose\n  secure: []\n---\nflowchart LR\n  A[<a href='javascript:alert(1)'>x</a>] --> B",
                "flowchart LR\n  A@{ img: \"https://example.org/x.png\", label: \"x\" } --> B");
        ChatPage chat = ada.tolerates("CSP: (script-src-attr|img-src|style-src|font-src)")
                .tolerates(
                        "violates the following Content Security Policy directive.{0,3}(default|script|img|style|font)-src")
                .begins()
                .ask("Attack.");
        List<String> urls = requests(chat.page());
        Telling answer = model.asked();
        hostile.forEach(source -> answer.writes("```mermaid\n" + source + "\n```\n\n"));
        answer.writes("End.").finishes();
        chat.awaitState("done");
        chat.await("buttons", () -> chat.page().locator("text=Show diagram").count(), count -> count == hostile.size());
        String at = chat.page().url();
        for (int i = 0; i < hostile.size(); i++) {
            chat.page().locator("text=Show diagram").first().click();
            awaitOutcome(chat, i);
            if (has(chat, DRAWN)) {
                Locator svg = chat.page().frameLocator(DRAWN).locator("svg").first();
                assertEquals(
                        0L,
                        ((Number) svg.evaluate(
                                        "() => document.querySelectorAll('a, script:not([src]), iframe, object, [onerror],"
                                                + " [onclick]').length"))
                                .longValue(),
                        hostile.get(i));
                svg.click();
                svg.evaluate("() => new Promise(done => setTimeout(done))"); // what it begins comes before
            }
            awaitNextPicture(chat);
            chat.page().click("text=Hide diagram");
        }
        assertEquals(at, chat.page().url());
        assertEquals("Attack. · Patter", chat.page().title());
        assertEquals(0, among(urls, "example.org"), urls.toString());
    }

    private static void awaitOutcome(ChatPage chat, int number) {
        chat.await(
                "the diagram " + number,
                () -> chat.page().locator(".diagram p").textContent(),
                words -> words.isEmpty() || words.contains("cannot be drawn"));
    }

    @Test
    void messagesFromElsewhereAreNotHeard(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, CHART);
        awaitOne(chat, "button:text-is('Show diagram')");
        chat.page().click("text=Show diagram");
        awaitOne(chat, DRAWN);
        double high = chat.page().locator(DRAWN).boundingBox().height;
        chat.evaluate("() => new Promise(done => { addEventListener('message', () => done(), { once: true });"
                + " postMessage({ height: 900, error: 'from elsewhere' }) })");
        assertEquals(high, chat.page().locator(DRAWN).boundingBox().height);

        Locator svg = chat.page().frameLocator(DRAWN).locator("svg");
        chat.evaluate("() => addEventListener('message', ({ data }) => { if (data.last) window.heard = true })");
        svg.evaluate("() => { for (const height of ['1px', NaN, {}, -5]) parent.postMessage({ height }, '*');"
                + " parent.postMessage({ last: true }, '*') }");
        chat.await("all are heard", () -> chat.evaluate("() => window.heard === true"), Boolean.TRUE::equals);
        assertTrue(chat.page().locator(DRAWN).boundingBox().height >= 20);
        svg.evaluate("() => { parent.postMessage({ height: 1e9 }, '*') }");
        chat.await("the bound", () -> chat.page().locator(DRAWN).boundingBox().height, height -> height > 1_000);
        assertTrue(chat.page().locator(DRAWN).boundingBox().height < 4_100);
        assertEquals(
                "blocked", svg.evaluate("() => { try { return parent.document.title } catch { return 'blocked' } }"));
    }

    @Test
    void aDiagramWithAMistakeSaysSo(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "```mermaid\nflowchart LR\n  A --> \n  --> [[\n```\n");
        awaitOne(chat, "button:text-is('Show diagram')");
        chat.page().click("text=Show diagram");
        chat.await(
                "words",
                () -> chat.page().locator(".diagram p").textContent(),
                words -> words.contains("cannot be drawn") && words.contains("line"));
        assertTrue(chat.page().locator(".code pre").isVisible(), "hides the source");
    }

    @Test
    void withoutScriptsCodeAndFormulasAreText(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, BLOCK + "So $x^2$ it is.\n\n" + CHART);
        ChatPage plain =
                ada.visits("c/" + chat.conversation(), new Browser.NewContextOptions().setJavaScriptEnabled(false));
        assertEquals(JAVA, plain.page().locator("code.language-java").textContent());
        assertEquals("x^2", plain.page().locator(".math").textContent());
        assertTrue(plain.page().locator("code.language-mermaid").textContent().startsWith("flowchart LR"));
        assertFalse(has(plain, ".tools button"));
    }

    @Test
    void itLooksRight(Person ada, Teller model) {
        ChatPage chat = answered(
                ada,
                model,
                "A class:\n\n" + BLOCK
                        + "```json\n{ \"name\": \"swift\", \"hours\": 10.5, \"flies\": true }\n```\n\n```diff\n- lands\n+ flies\n```\n\n"
                        + "```html\n<p class=\"bird\">Swift &amp; swallow</p> <!-- both -->\n```\n\n```sh\nexport A=\"$B\" && ls -la | grep x # list\n```\n\n"
                        + "```\nno language here, and a line that is quite long so that the tools lie over it somewhere at the right\n```\n\n",
                desk());
        looks(ada, chat, "blocks-code");
        looks(
                ada,
                answered(
                        ada,
                        model,
                        "Inline $\\frac{a}{b}$, $\\sqrt{x^2+1}$ and $\\vec{v}$.\n\n$$\\begin{aligned}(a+b)^2 &= a^2 + 2ab + b^2\\\\ c &= d\\end{aligned}$$\n\n"
                                + "$$f(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise}\\end{cases} \\tag{1}$$\n\n"
                                + "$$\\boxed{\\sum_{n=1}^\\infty \\frac{1}{n^2} = \\frac{\\pi^2}{6}} \\quad \\cancel{x} \\quad \\begin{pmatrix}1 & 0\\\\ 0 & 1\\end{pmatrix}"
                                + " \\quad \\left[\\begin{array}{c|c} a & b \\\\ \\hline c & d\\end{array}\\right]$$\n\n"
                                + "$$\\ce{2H2 + O2 -> 2H2O}$$\n\n$$\\nosuch{x}$$\n",
                        desk()),
                "blocks-math");
        looks(
                ada,
                answered(
                        ada,
                        model,
                        CHART + "```mermaid\nsequenceDiagram\n  Ada->>Patter: ask\n  Patter-->>Ada: answer\n```\n",
                        desk()),
                "blocks-diagram");
    }

    private static Browser.NewContextOptions desk() {
        return new Browser.NewContextOptions().setViewportSize(1100, 900);
    }

    private static void looks(Person ada, ChatPage chat, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            ChatPage shown = ada.visits("c/" + chat.conversation(), desk().setColorScheme(scheme));
            if (has(shown, ".language-java")) {
                shown.await("colours", () -> shown.page().locator(HIGHLIGHTED).count(), count -> count > 0);
            }
            shown.await(
                    "all formulas",
                    () -> shown.page().locator(".math:not([data-source])").count(),
                    left -> left == 0);
            List<Locator> diagrams =
                    shown.page().locator("button:text-is('Show diagram')").all();
            for (int i = 0; i < diagrams.size(); i++) {
                shown.page().locator("button:text-is('Show diagram')").first().click();
                int drawn = i + 1;
                shown.await("the diagram", () -> shown.page().locator(DRAWN).count(), count -> count == drawn);
            }
            if (has(shown, ".code")) {
                shown.page().locator(".code").last().hover();
            }
            shown.picture(name + "-" + scheme.name().toLowerCase(Locale.ROOT));
            shown.page().setViewportSize(390, 844);
            awaitNextPicture(shown);
            shown.picture(name + "-small-" + scheme.name().toLowerCase(Locale.ROOT));
            assertEquals(true, shown.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), name);
            assertEquals(List.of(), LooksIT.faint(shown), name + " has text that is hard to read");
        }
    }
}
