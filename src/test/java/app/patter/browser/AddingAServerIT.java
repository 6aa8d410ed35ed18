package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a Patter that nobody has visited yet to the first streamed answer of a model that was added in the browser. */
@ExtendWith(Browsers.class)
class AddingAServerIT {

    private static final String KEY = "sk-browser-0123456789";

    @Test
    void fromAddingAServerToTheFirstStreamedAnswer(Person somebody) {
        LivePatter live = LivePatter.fresh();
        ChatPage chat = somebody.at(live).loggedOut().visits("");
        Page page = chat.page();
        page.fill("#name", LivePatter.NAME);
        page.fill("#password", LivePatter.PASSWORD);
        page.click("button.send");
        chat.awaitComposer();

        page.click("text=Add a model server");
        page.click("text=Add a server");
        page.fill("#name", "My laptop");
        page.fill("#address", live.model().base().toString());
        page.fill("#key", KEY);
        page.click("text=Add server");
        page.waitForSelector("section[aria-label='My laptop'] li");
        assertEquals(
                List.of(
                        "told (My laptop)",
                        "local-model (My laptop)",
                        "words-300-at-100 (My laptop)",
                        "as-asked (My laptop)"),
                page.locator("section[aria-label='My laptop'] li strong").allTextContents());
        assertFalse(page.content().contains(KEY));

        Teller trial = live.teller();
        page.click("[aria-label='Test told (My laptop)']");
        Telling hello = trial.asked().writes("Hello ");
        chat.await("the sentence as it is said", () -> said(page), text -> text.equals("Hello"));
        assertEquals(0, page.locator(".times").count(), "the test goes on");
        hello.writes("there.").finishes();
        page.waitForSelector(".times");
        assertEquals("Hello there.", said(page));
        assertTrue(
                page.textContent(".times")
                        .matches("It works\\. First token after [0-9.]+ m?s; over after [0-9.]+ m?s\\..*"),
                page.textContent(".times"));

        page.click("text=Back to models");
        page.click("[aria-label='Settings of told (My laptop)']");
        page.fill("#label", "Swift");
        page.fill("#text", "You know birds.");
        page.click("text=Save");
        page.waitForSelector("strong:has-text('Swift')");
        page.click("text=Back to chat");
        chat.awaitComposer();
        assertEquals(0, page.locator(".banner:has-text('Demo')").count());
        assertEquals("Swift", page.locator("#model option:checked").textContent());

        Teller model = live.teller();
        chat.ask("Do swifts sleep?");
        Telling answer = model.asked().counts(1, 3);
        chat.awaitAnswer(Telling.counted(1, 3));
        answer.counts(4, 6);
        chat.awaitAnswer(Telling.counted(1, 6));
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 6));
        assertTrue(answer.question().contains("You know birds."), answer.question());
        assertEquals("Swift", chat.last().locator(".name").textContent());
        assertTrue(live.model().requests().stream()
                .allMatch(request -> ("Bearer " + KEY).equals(request.headers().get("authorization"))));
    }

    private static String said(Page page) {
        return page.locator(".said").count() == 0
                ? ""
                : page.textContent(".said").strip();
    }

    @Test
    void thePagesFitEveryWidth(Person ada, Teller teller) {
        Page page = ada.visits("models/servers").page();
        page.fill("#name", "Elsewhere");
        page.fill("#address", "https://no-such-host.invalid/v1");
        page.fill("#key", KEY);
        page.click("text=Add server");
        page.waitForSelector("section[aria-label='Elsewhere'] .problem");
        String change = page.getAttribute("[aria-label='Edit Elsewhere']", "href");
        for (Screen screen : Screen.tried()) {
            look(ada.visits("models", screen.options()), "models-" + screen.label());
            look(ada.visits("models/servers", screen.options()), "server-new-" + screen.label());
            look(ada.visits(change.substring(1), screen.options()), "server-" + screen.label());
            look(ada.visits("models/settings?model=openai/told", screen.options()), "model-" + screen.label());
            ChatPage trial = ada.visits("models", screen.options());
            trial.page().click("[aria-label='Test told']");
            teller.asked().writes("Hello, I am here & <awake>.").finishes();
            trial.page().waitForSelector(".times");
            look(trial, "trial-" + screen.label());
        }
        page.navigate(ada.patter().address().resolve(change).toString());
        page.click("text=Remove this server");
        page.click(".sure .danger");
        page.waitForSelector("h1:has-text('Models')");
        assertEquals(0, page.locator("section[aria-label='Elsewhere']").count());
    }

    private static void look(ChatPage chat, String name) {
        chat.picture(name);
        assertTrue(
                (Boolean) chat.evaluate(
                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                name + " scrolls sideways");
    }
}
