package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Patter in a browser whose scripts are off. */
@ExtendWith(Browsers.class)
class PlainPageIT {

    private static Browser.NewContextOptions plain() {
        return new Browser.NewContextOptions().setJavaScriptEnabled(false);
    }

    @Test
    void loggingInAskingAndWatchingWorkWithoutScripts(Person ada, Teller model) {
        ChatPage chat = ada.loggedOut().visits("", plain());
        assertTrue(chat.page().url().contains("/login"), chat.page().url());
        chat.page().fill("#name", LivePatter.NAME);
        chat.page().fill("#password", "wrong");
        chat.page().click("button.send");
        assertTrue(chat.page().locator(".problem").textContent().contains("wrong"));
        assertEquals(LivePatter.NAME, chat.page().inputValue("#name"));
        ada.tolerates("status of 401");
        chat.page().fill("#password", LivePatter.PASSWORD);
        chat.page().click("button.send");
        chat.awaitComposer();

        send(chat, "Count, plainly.");
        Telling answer = model.asked().counts(1, 3);
        chat.awaitAnswer(Telling.counted(1, 3));
        awaitWatching(chat);
        chat.awaitAnswer(Telling.counted(1, 3));
        for (int word = 4; word <= 6; word++) {
            answer.counts(word, word);
            chat.awaitAnswer(Telling.counted(1, word));
        }
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 6));
        assertFalse(chat.page().content().contains("http-equiv=\"refresh\""), "the page goes on loading itself");

        send(chat, "And on.");
        model.asked().thinks("Hm.").writes("On.").finishes();
        chat.awaitDone("On.");
        chat.last().locator("summary").click();
        assertTrue(chat.last().locator(".reasoning .text").isVisible());
        assertEquals(List.of("Count, plainly.", Telling.counted(1, 6), "And on.", "On."), chat.texts());
    }

    private static void send(ChatPage chat, String text) {
        chat.page().fill("#text", text);
        chat.page().click(".composer .send");
    }

    /** Waits for the page on which the answer appears as it loads. */
    private static void awaitWatching(ChatPage chat) {
        chat.await("the page that shows the answer", chat.page()::url, url -> url.contains("/watch"));
    }

    @Test
    void stoppingContinuingAndTryingAgainWorkWithoutScripts(Person ada, Teller model) {
        ChatPage chat = ada.begins(plain());
        send(chat, "Count, plainly.");
        model.asked().counts(1, 3);
        awaitWatching(chat);
        chat.awaitAnswer(Telling.counted(1, 3));

        chat.page().click(".stop");
        chat.awaitState("stopped");
        assertEquals(Telling.counted(1, 3), chat.answer());

        chat.press("Continue");
        model.asked().counts(4, 5).finishes();
        chat.awaitDone(Telling.counted(1, 5));

        chat.press("Try again");
        model.asked().writes("Otherwise.").finishes();
        chat.awaitDone("Otherwise.");
        assertEquals(List.of("Count, plainly.", "Otherwise."), chat.texts());
        chat.last().locator(".versions [rel=prev]").click();
        chat.awaitDone(Telling.counted(1, 5));
    }

    @Test
    void anErrorPageGivesTheTextBack(Person ada, Teller model) {
        ada.tolerates("status of 422");
        ChatPage chat = ada.begins(plain());
        chat.page().locator("#text").evaluate("e => e.required = false");
        String blank = " \n ";
        send(chat, blank);
        assertEquals("Nothing to send", chat.page().locator("h1").textContent());

        chat.page().goBack();
        String long200 = "x".repeat(200_001);
        send(chat, long200);
        assertEquals("Too long", chat.page().locator("h1").textContent());
        chat.await("the text, which arrives in parts", () -> chat.page().inputValue("#typed"), long200::equals);
    }

    @Test
    void aConversationIsDeletedWithoutScripts(Person ada, Teller model) {
        ChatPage chat = ada.begins(plain());
        send(chat, "Forget me.");
        model.asked().writes("Never.").finishes();
        chat.awaitDone("Never.");
        String conversation = chat.conversation();

        chat.page().click(".delete summary");
        chat.page().click(".sure .danger");
        chat.page().waitForSelector(".hello");
        assertEquals(0, ada.patter().database().conversations(conversation));
    }
}
