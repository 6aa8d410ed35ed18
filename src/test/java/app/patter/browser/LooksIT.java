package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How Patter looks: on a phone, on a desk, by day and by night. Leaves pictures in {@code target/screenshots}. */
@ExtendWith(Browsers.class)
class LooksIT {

    private static final String LONG = "Paderborn, Pfaffenhofen, Donaudampfschifffahrtsgesellschaftskapitänswitwe, and"
            + " https://example.org/a/very/long/address/that/has/no/place/to/break/in/it/at/all?really=none\n\n";

    private static final String WIDE = "```python\n" + "x = 1  # " + "a long line ".repeat(20)
            + "\nfor port in ports:\n    print(port)\n```\n\n| " + "Port | ".repeat(12) + "\n|" + "---|".repeat(12)
            + "\n| " + "7.2 metres | ".repeat(12) + "\n\nDone.\n";

    @Test
    void everyStateFitsTheWidthAndCanBeRead(Person ada, Teller model) {
        Person guest = ada.invites("Grace");
        for (Screen screen : Screen.tried()) {
            walk(guest.begins(screen.options()), model, screen.label());
        }
    }

    private static void walk(ChatPage chat, Teller model, String name) {
        look(chat, name + "-1-empty");
        chat.page().fill("#text", "Which long words fit on a small page?");
        chat.page().click(".composer .send");
        chat.awaitConversation();
        Telling answer = model.asked();
        chat.awaitState("connecting");
        look(chat, name + "-2-connecting");
        answer.thinks("The reader may hold a phone.\n\n" + LONG);
        chat.awaitState("thinking");
        chat.last().locator("summary").click();
        look(chat, name + "-3-thinking");
        answer.writes("Long words break where they must:\n\n" + LONG + "Short ones need not.");
        chat.awaitState("writing");
        look(chat, name + "-4-writing");
        answer.finishes();
        chat.awaitState("done");
        look(chat, name + "-5-done");

        chat.page().fill("#text", "How do tides work?");
        chat.page().click(".composer .send");
        model.asked().writes(AccessibilityIT.RICH).writes(WIDE).finishes();
        chat.awaitState("done");
        look(chat, name + "-6-rich-end");
        chat.evaluate("() => document.querySelector('#messages article:nth-last-of-type(2)').scrollIntoView()");
        look(chat, name + "-6-rich");

        chat.page().fill("#text", "And now fail, please. " + LONG);
        chat.page().click(".composer .send");
        model.asked().refuses(500, "{\"error\":{\"message\":\"The engine exploded\"}}");
        chat.awaitState("failed");
        look(chat, name + "-7-failed");
        chat.press("Try again");
        model.asked().writes("This was ");
        chat.awaitAnswer("This was ");
        chat.stop();
        chat.awaitState("stopped");
        look(chat, name + "-8-stopped");
        chat.page().click(".delete summary");
        look(chat, name + "-9-delete");
    }

    /** Takes a picture and checks what can be checked of it. */
    private static void look(ChatPage chat, String name) {
        chat.picture(name);
        assertFits(chat, name);
        assertEquals(List.of(), faint(chat), name + " has text that is hard to read");
    }

    private static void assertFits(ChatPage chat, String name) {
        assertTrue(
                (Boolean)
                        chat.evaluate(
                                "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
                                        + " && [...document.querySelectorAll('#scroll')].every(s => s.scrollWidth <= s.clientWidth)"),
                name + " scrolls sideways");
        assertTrue(
                (Boolean)
                        chat.evaluate(
                                "() => [...document.querySelectorAll('#text, .composer .send')].every(e => {"
                                        + " const b = e.getBoundingClientRect();"
                                        + " return b.top >= 0 && b.left >= 0 && b.bottom <= innerHeight && b.right <= document.documentElement.clientWidth })"),
                name + " hides the composer");
    }

    /** Texts whose contrast to what is behind them is below 4.5 (WCAG 2.2, success criterion 1.4.3). */
    @SuppressWarnings("unchecked")
    static List<String> faint(ChatPage chat) {
        return (List<String>) chat.evaluate("""
                () => {
                  const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
                      .getContext('2d', { willReadFrequently: true });
                  const over = (layers) => {
                    pen.clearRect(0, 0, 1, 1);
                    for (const colour of layers) { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); }
                    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
                  };
                  const light = (rgb) => rgb.map(v => v / 255)
                      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                  const faint = [];
                  const judge = (element, style, text) => {
                    const layers = [];
                    for (let at = element; at; at = at.parentElement) {
                      layers.unshift(getComputedStyle(at).backgroundColor);
                    }
                    const back = light(over(['#fff', ...layers]));
                    const front = light(over(['#fff', ...layers, style.color]));
                    const contrast = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
                    if (contrast < 4.5) {
                      faint.push(contrast.toFixed(2) + ' ' + element.tagName + '.' + element.className + ' ' + text);
                    }
                  };
                  for (const field of document.querySelectorAll('[placeholder]')) {
                    judge(field, getComputedStyle(field, '::placeholder'), field.placeholder);
                  }
                  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  while (walker.nextNode()) {
                    const element = walker.currentNode.parentElement;
                    if (!walker.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true })
                        || ['OPTION', 'SCRIPT', 'NOSCRIPT'].includes(element.tagName)) continue;
                    judge(element, getComputedStyle(element), walker.currentNode.data.trim().slice(0, 40));
                  }
                  return faint;
                }
                """);
    }

    @Test
    void thePagesAroundTheChatFitAndCanBeRead(Person ada) {
        ada.tolerates("status of 404");
        for (Screen screen : Screen.tried()) {
            for (String path : List.of("accounts", "tokens", "c/nowhere")) {
                look(ada.visits(path, screen.options()), path.replace('/', '-') + "-" + screen.label());
            }
            look(ada.loggedOut().visits("login", screen.options()), "login-" + screen.label());
        }
    }

    @Test
    void onAPhoneTheMenuOpensByTapAndByKeyboard(Person ada) {
        ChatPage chat = ada.invites("Hedy").begins(Screen.phone());
        assertFalse(menu(chat), "the menu is open at first");
        chat.page().touchscreen().tap(28, 26);
        chat.await("the menu", () -> menu(chat), open -> open);
        look(chat, "phone-menu");
        chat.page().locator(".menu-close").tap();
        chat.await("no menu", () -> menu(chat), open -> !open);

        chat.page().locator("#menu").focus();
        chat.page().keyboard().press("Space");
        chat.await("the menu", () -> menu(chat), open -> open);
        chat.page().keyboard().press("Tab");
        assertEquals("Patter", chat.page().locator(":focus").textContent().strip(), "the menu comes next");
        chat.page().locator("#menu").focus();
        chat.page().keyboard().press("Space");
        chat.await("no menu", () -> menu(chat), open -> !open);
    }

    private static boolean menu(ChatPage chat) {
        return chat.page().locator(".side").isVisible();
    }

    /** With {@code -Dpatter.pictures=docs/images} they go where the documentation shows them. */
    @Test
    @Tag("long")
    void picturesForTheDocumentation(Person ada, Teller model) {
        Person guest = ada.invites("Ada Lovelace");
        for (String earlier : List.of("Names for a boat", "Why is the sea salt?", "Plan a week in Ravenna")) {
            ChatPage chat = guest.begins();
            chat.ask(earlier);
            model.asked().writes("Gladly.").finishes();
            chat.awaitState("done");
            chat.page().context().close();
        }
        tell(guest.begins(Screen.desk()), model, "");
        tell(guest.begins(Screen.desk().setColorScheme(ColorScheme.DARK)), model, "-dark");
        tell(guest.begins(Screen.phone()), model, "-phone");
    }

    private static void tell(ChatPage chat, Teller model, String suffix) {
        chat.documentation("empty" + suffix);
        chat.choose("openai/local-model").page().fill("#text", "Why do swifts sleep while they fly?");
        chat.page().click(".composer .send");
        chat.awaitConversation();
        Telling answer = model.asked();
        answer.thinks("The question is about sleep on the wing. Say what was *measured*, and how.");
        chat.awaitState("thinking");
        if (System.getProperty("patter.pictures") != null) {
            chat.page().waitForTimeout(2_400); // for the documentation only: the picture shows how long it took
        }
        answer.writes(SWIFTS).writes("On the ground a");
        chat.await("the whole paragraph", chat::answer, text -> text.endsWith("On the ground a"));
        chat.documentation("streaming" + suffix);
        chat.last().locator("summary").click();
        answer.writes(" swift can hardly stand.").finishes();
        chat.awaitState("done");
        chat.page().mouse().wheel(0, -3_000);
        chat.documentation("reasoning" + suffix);

        chat.page().fill("#text", "How high do they climb, and how do I plot it?");
        chat.page().click(".composer .send");
        model.asked().writes(HEIGHTS).finishes();
        chat.awaitState("done");
        chat.page().waitForSelector(".message:last-child math");
        chat.page().waitForSelector(".message:last-child .hljs-keyword");
        chat.documentation("rich" + suffix);

        chat.page().fill("#text", "And storks?");
        chat.page().click(".composer .send");
        model.asked().refuses(503, "{\"error\":{\"message\":\"The model is being loaded\"}}");
        chat.awaitState("failed");
        chat.documentation("error" + suffix);
    }

    private static final String SWIFTS = """
            Because they hardly ever land. A common swift that has left its nest may stay in the air for **ten months**,\
             so everything has to happen up there: eating, drinking, moulting, and sleep.

            At dusk swifts climb to two kilometres and more, where the air is calm and nothing stands in the way.\
             Then they glide, turn into the wind and let one half of the brain rest while the other half keeps the\
             course. Frigatebirds, in which this was measured with small recorders, sleep less than an hour a day\
             in flight, in pieces of about ten seconds.

            """;

    private static final String HEIGHTS = """
            Twice a day, at dusk and at dawn:

            | Ascent | Height | Time |
            |:-------|-------:|-----:|
            | dusk   | 2,500 m | 30 min |
            | dawn   | 2,300 m | 25 min |

            The air up there is colder by $\\Delta T = \\frac{6.5\\,\\mathrm{K}}{\\mathrm{km}} \\cdot h$. To plot a night:

            ```python
            import matplotlib.pyplot as plt

            def plot(heights, hours):
                # One line for each bird
                for bird in heights:
                    plt.plot(hours, bird, alpha=0.4)
                plt.ylabel("height above ground in m")
            ```
            """;
}
