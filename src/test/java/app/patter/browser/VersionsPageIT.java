package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Editing questions and walking between versions, with the mouse, with keys, in two tabs and without scripts. */
@ExtendWith(Browsers.class)
class VersionsPageIT {

    private static ChatPage answered(Person person, Teller model, String question, String answer) {
        ChatPage chat = person.begins().ask(question);
        model.asked().writes(answer).finishes();
        chat.awaitDone(answer);
        return chat;
    }

    private static void asks(ChatPage chat, Teller model, String question, String answer) {
        chat.ask(question);
        model.asked().writes(answer).finishes();
        chat.awaitDone(answer);
    }

    private static Locator message(ChatPage chat, int at) {
        return chat.page().locator("article.message").nth(at);
    }

    private static Locator field(ChatPage chat) {
        return chat.page().locator(".edit textarea");
    }

    private static void edit(ChatPage chat, int at) {
        message(chat, at).locator("text=Edit").click();
        chat.page().waitForSelector(".edit textarea:focus");
    }

    private static void awaitTexts(ChatPage chat, String... texts) {
        chat.await("the texts", chat::texts, List.of(texts)::equals);
    }

    private static void awaitVersions(ChatPage chat, int at, String versions) {
        chat.await(
                "the versions",
                () -> String.join(
                        "", message(chat, at).locator(".versions span").allTextContents()),
                versions::equals);
    }

    @Test
    void enterSendsAnEditedQuestionAsAVersion(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "Frist?", "One.");
        asks(chat, model, "Second?", "Two.");
        edit(chat, 0);
        assertEquals("Frist?", field(chat).inputValue());
        field(chat).fill("First");
        field(chat).press("Shift+Enter");
        field(chat).pressSequentially("line?");
        field(chat).press("Enter");
        model.asked().writes("Won.").finishes();
        chat.awaitDone("Won.");
        awaitTexts(chat, "First\nline?", "Won.");
        awaitVersions(chat, 0, "2 / 2");
        assertEquals(0, field(chat).count());
    }

    @Test
    void controlAndEnterSaveTheWordsOnly(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "Frist?", "One.");
        ChatPage second = ada.opens(chat);
        edit(chat, 0);
        field(chat).fill("First?");
        field(chat).press("Control+Enter");
        awaitTexts(chat, "First?", "One.");
        awaitTexts(second, "First?", "One.");
        chat.await("the form goes", () -> field(chat).count(), Integer.valueOf(0)::equals);
        assertEquals(1, model.questions());
    }

    @Test
    void escapeLeavesTheQuestionAndKeepsWhatWasTyped(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "First?", "One.");
        edit(chat, 0);
        field(chat).fill("Otherwise?");
        field(chat).press("Escape");
        assertEquals(0, field(chat).count());
        assertEquals("Edit", chat.evaluate("() => document.activeElement.textContent"));
        assertTrue(message(chat, 0).locator(".text").isVisible());
        edit(chat, 0);
        assertEquals("Otherwise?", field(chat).inputValue());
        chat.page().click(".edit .cancel");
        edit(chat, 0);
        assertEquals("First?", field(chat).inputValue());
        field(chat).press("Escape");
    }

    @Test
    void whatIsWrongIsSaidAtTheFieldThatKeepsItsText(Person ada, Teller model) {
        ada.tolerates("status of 422|Error Code 422");
        ChatPage chat = answered(ada, model, "First?", "One.");
        edit(chat, 0);
        field(chat).fill("x".repeat(200_001));
        field(chat).press("Enter");
        chat.await(
                "the problem",
                () -> chat.page().locator(".edit [role=alert]").textContent(),
                said -> said.contains("Shorten it"));
        assertEquals(200_001, field(chat).inputValue().length());
        assertEquals("", chat.problem());
        chat.page().click(".edit .cancel");
        assertEquals(List.of("First?", "One."), chat.texts());
    }

    @Test
    void aFormStaysWhileThePageChangesAroundIt(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "First?", "One.");
        ChatPage second = ada.opens(chat);
        edit(chat, 0);
        field(chat).fill("I am still writing");
        edit(second, 0);
        field(second).fill("Corrected?");
        field(second).press("Control+Enter");
        awaitTexts(chat, "Corrected?", "One.");
        assertEquals("I am still writing", field(chat).inputValue());
        assertTrue((Boolean) field(chat).evaluate("e => e === document.activeElement"), "the focus is lost");
        chat.page().click(".edit .cancel");
    }

    @Test
    void versionsAreWalkedWithoutLoadingThePage(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "First?", "One.");
        asks(chat, model, "Second?", "Two.");
        String plain = chat.page().url();
        edit(chat, 0);
        field(chat).fill("Other?");
        field(chat).press("Enter");
        model.asked().writes("Won.").finishes();
        chat.awaitDone("Won.");
        chat.evaluate("() => window.stayed = true");
        chat.page().fill("#text", "I was typing this");

        message(chat, 0).locator(".versions [rel=prev]").click();
        awaitTexts(chat, "First?", "One.", "Second?", "Two.");
        assertTrue(chat.page().url().contains("?m="), chat.page().url());
        assertTrue(chat.page().locator("#branch").isVisible());
        chat.page().keyboard().press("ArrowRight");
        awaitTexts(chat, "Other?", "Won.");
        assertFalse(chat.page().locator("#branch").isVisible());
        chat.page().keyboard().press("ArrowLeft");
        awaitTexts(chat, "First?", "One.", "Second?", "Two.");
        assertTrue((Boolean) chat.evaluate("() => document.activeElement.matches('.versions a')"), "the focus is lost");
        chat.page().goBack();
        awaitTexts(chat, "Other?", "Won.");
        chat.page().goBack();
        awaitTexts(chat, "First?", "One.", "Second?", "Two.");
        chat.page().goBack();
        awaitTexts(chat, "Other?", "Won.");
        assertEquals(plain, chat.page().url());
        chat.page().goForward();
        awaitTexts(chat, "First?", "One.", "Second?", "Two.");
        assertEquals(true, chat.evaluate("() => window.stayed"), "the page was loaded");
        assertEquals("I was typing this", chat.typed());
    }

    @Test
    void aVersionFollowsLiveWhatIsSentFromItAndFromOtherTabs(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "First?", "One.");
        chat.press("Try again");
        model.asked().writes("Another.").finishes();
        chat.awaitDone("Another.");
        awaitVersions(chat, 1, "2 / 2");
        message(chat, 1).locator(".versions [rel=prev]").click();
        awaitTexts(chat, "First?", "One.");
        ChatPage second = ada.opens(chat);

        chat.ask("Second?");
        Telling answer = model.asked().writes("Two");
        chat.awaitAnswer("Two");
        second.awaitAnswer("Two");
        answer.writes(" more.").finishes();
        chat.awaitDone("Two more.");
        second.awaitDone("Two more.");
        awaitTexts(second, "First?", "One.", "Second?", "Two more.");
    }

    @Test
    void tryingAgainOnAVersionGoesToTheNewOne(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "First?", "One.");
        chat.press("Try again");
        model.asked().writes("Another.").finishes();
        chat.awaitDone("Another.");
        message(chat, 1).locator(".versions [rel=prev]").click();
        awaitTexts(chat, "First?", "One.");
        ChatPage second = ada.opens(chat);
        chat.press("Try again");
        Telling third = model.asked().writes("A third");
        chat.awaitAnswer("A third");
        awaitVersions(chat, 1, "3 / 3");
        awaitVersions(second, 1, "1 / 3");
        third.writes(" one.").finishes();
        chat.awaitDone("A third one.");
        awaitVersions(chat, 1, "3 / 3");
        assertEquals(List.of("First?", "One."), second.texts());
    }

    @Test
    void editingAndWalkingWorkWithoutScripts(Person ada, Teller model) {
        ChatPage chat = ada.begins(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        chat.page().fill("#text", "Frist?");
        chat.page().click(".composer .send");
        model.asked().writes("One.").finishes();
        chat.awaitDone("One.");
        message(chat, 0).locator("text=Edit").click();
        chat.page().fill("textarea", "First?");
        chat.page().click(".save");
        awaitTexts(chat, "First?", "One.");
        message(chat, 0).locator("text=Edit").click();
        chat.page().fill("textarea", "Other?");
        chat.page().click("button.send");
        model.asked().writes("Won.").finishes();
        chat.awaitDone("Won.");
        awaitTexts(chat, "Other?", "Won.");
        message(chat, 0).locator(".versions [rel=prev]").click();
        awaitTexts(chat, "First?", "One.");
        chat.page().fill("#text", "Second?");
        chat.page().click(".composer .send");
        model.asked().writes("Two.").finishes();
        chat.awaitDone("Two.");
        awaitTexts(chat, "First?", "One.", "Second?", "Two.");
        assertTrue(chat.page().url().contains("?m="), chat.page().url());
    }

    @Test
    void whatIsDeletedGoesFromOtherTabsAndComesBackWithUndo(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "First?", "One.");
        asks(chat, model, "Second?", "Two.");
        ChatPage second = ada.opens(chat);
        message(chat, 0).locator("text=Delete").click();
        chat.page().waitForSelector(".panel button:focus");
        chat.page().keyboard().press("Escape");
        assertEquals(0, chat.page().locator(".panel").count());
        assertEquals("Delete", chat.evaluate("() => document.activeElement.textContent"));
        chat.page().keyboard().press("Enter");
        chat.page().click(".panel >> text=The question and its answers");
        awaitTexts(chat, "Second?", "Two.");
        awaitTexts(second, "Second?", "Two.");
        chat.page().waitForSelector(".undo button:focus");
        chat.page().keyboard().press("Enter");
        awaitTexts(chat, "First?", "One.", "Second?", "Two.");
        awaitTexts(second, "First?", "One.", "Second?", "Two.");
        chat.await("the offer goes", () -> chat.page().locator(".undo").count(), Integer.valueOf(0)::equals);
    }

    @Test
    void deletingTheVersionOnThePageShowsAnother(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "First?", "One.");
        chat.press("Try again");
        model.asked().writes("Another.").finishes();
        chat.awaitDone("Another.");
        message(chat, 1).locator(".versions [rel=prev]").click();
        awaitTexts(chat, "First?", "One.");
        message(chat, 1).locator("text=Delete").click();
        List<Runnable> late = new ArrayList<>();
        chat.page().route("**/deletion", route -> {
            APIResponse response = route.fetch();
            late.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(response)));
        });
        chat.page().click(".panel >> text=This and all that follows");
        awaitTexts(chat, "First?", "Another."); // by the stream, before the browser has the response
        assertEquals(0, chat.page().locator(".versions").count());
        late.forEach(Runnable::run);
        chat.page().click(".undo button");
        awaitVersions(chat, 1, "2 / 2");
        chat.page().reload();
        awaitTexts(chat, "First?", "Another.");
    }

    @Test
    void anotherModelAnswersFromTheMenu(Person ada, Teller model) {
        ChatPage chat = answered(ada, model, "First?", "One.");
        message(chat, 1).locator("text=Another model").click();
        chat.page().waitForSelector(".panel button:focus");
        chat.page().locator(".panel .choices button").first().press("Enter");
        model.asked().writes("Another.").finishes();
        chat.awaitDone("Another.");
        awaitTexts(chat, "First?", "Another.");
        awaitVersions(chat, 1, "2 / 2");
    }
}
