package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browsers.class)
class ConversationPageIT {

    @Test
    void theFirstVisitorGetsAnAnswerWithoutAnyModelServer(Person person) {
        Person newcomer = person.at(LivePatter.fresh());
        ChatPage chat = newcomer.visits("");
        assertTrue(chat.page().url().endsWith("/setup"), chat.page().url());
        chat.page().fill("#name", "grace");
        chat.page().fill("#password", "nanoseconds");
        chat.page().press("#password", "Enter");
        chat.awaitComposer();

        assertEquals(
                "Demo (no AI)", chat.page().locator("#model option:checked").textContent());
        assertTrue(chat.page().locator(".banner").first().textContent().startsWith("Demo (no AI)"));
        assertEquals("grace", chat.page().locator(".person").textContent());

        chat.ask("The heron nests in May.\nThe otter sleeps by day.\n\nWhen does the heron nest?");
        chat.awaitState("done");
        assertTrue(chat.answer().contains("The heron nests in May."), chat.answer());
        assertEquals("Demo (no AI)", chat.last().locator(".name").textContent());
    }

    @Test
    void anAnswerGrowsBeforeTheReadersEyesUntilItIsDone(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        chat.ask("What grows?");
        Telling answer = model.asked();
        chat.awaitState("connecting");
        assertEquals("connecting", chat.phase());
        assertTrue(cursor(chat, ".body"), "no cursor while connecting");

        answer.writes("Grass ");
        chat.awaitAnswer("Grass ");
        assertEquals("writing", chat.phase());
        assertTrue(cursor(chat, ".body > .text > p"), "no cursor while writing");
        for (String word : List.of("grows ", "by ", "the ", "day.")) {
            String before = chat.answer();
            answer.writes(word);
            chat.awaitAnswer(before + " " + word);
        }

        answer.finishes();
        chat.awaitDone("Grass grows by the day.");
        assertEquals("", chat.phase());
        assertFalse(cursor(chat, ".body > .text > p"), "a cursor after the end");
    }

    private static boolean cursor(ChatPage chat, String where) {
        return (Boolean)
                chat.last().locator(where).last().evaluate("e => getComputedStyle(e, '::after').content !== 'none'");
    }

    @Test
    void reasoningIsFoldedAndTellsHowLongItTook(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Think first.");
        Telling answer = model.asked();
        answer.thinks("Let me see. ");
        chat.awaitState("thinking");
        assertEquals("thinking", chat.phase());
        assertEquals("Thinking…", chat.last().locator("summary").textContent());
        assertFalse(chat.last().locator(".reasoning .text").isVisible(), "reasoning shows unasked");

        chat.last().locator("summary").click();
        assertTrue(chat.last().locator(".reasoning .text").isVisible(), "reasoning does not open");
        answer.thinks("I have it.").writes("Seven.");
        chat.awaitAnswer("Seven.");
        chat.await(
                "the duration",
                () -> chat.last().locator("summary").textContent(),
                title -> title.matches("Thought for \\d+(\\.\\d)? s"));
        assertTrue(chat.last().locator(".reasoning .text").isVisible(), "reasoning closed by itself");
        answer.finishes();

        chat.awaitDone("Seven.");
        assertEquals(
                "Let me see. I have it.",
                chat.last().locator(".reasoning .text").textContent());
    }

    @Test
    void stopKeepsWhatIsThere(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        model.asked().counts(1, 5);
        chat.awaitAnswer(Telling.counted(1, 5));

        chat.stop();

        chat.awaitState("stopped");
        assertEquals("stopped", chat.phase());
        assertEquals(Telling.counted(1, 5), chat.answer());
        assertFalse(chat.page().locator(".composer .stop").isVisible(), "nothing is left to stop");
        assertTrue(chat.button("Continue").isVisible());
        assertTrue(chat.button("Try again").isVisible());
    }

    @Test
    void continueGoesOnWhereTheAnswerWasStopped(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        model.asked().counts(1, 3);
        chat.awaitAnswer(Telling.counted(1, 3));
        chat.stop();
        chat.awaitState("stopped");

        chat.press("Continue");
        Telling rest = model.asked();
        assertTrue(rest.question().contains("word3"), "the model is not shown what it wrote");
        rest.counts(4, 6).finishes();

        chat.awaitDone(Telling.counted(1, 6));
        assertEquals(2, chat.page().locator(".message").count());
    }

    @Test
    void tryAgainTakesTheOldAnswerOffThePage(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Heads or tails?");
        model.asked().writes("Heads.").finishes();
        chat.awaitDone("Heads.");
        String first = chat.last().getAttribute("data-id");

        chat.press("Try again");
        model.asked().writes("Tails.").finishes();

        chat.awaitDone("Tails.");
        assertNotEquals(first, chat.last().getAttribute("data-id"));
        assertEquals(List.of("Heads or tails?", "Tails."), chat.texts());
        assertEquals("2 / 2", chat.last().locator(".versions span").textContent());
        chat.page().reload();
        assertEquals(List.of("Heads or tails?", "Tails."), chat.texts());
        chat.last().locator(".versions [rel=prev]").click();
        chat.await("the other version", chat::texts, List.of("Heads or tails?", "Heads.")::equals);
    }

    @Test
    void reloadingInTheMiddleOfAnAnswerLosesNothing(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 10);
        chat.awaitAnswer(Telling.counted(1, 10));

        chat.page().reload();
        assertEquals(Telling.counted(1, 10), chat.answer());
        answer.counts(11, 20);
        chat.awaitAnswer(Telling.counted(1, 20));
        chat.page().reload();
        answer.counts(21, 30).finishes();

        chat.awaitDone(Telling.counted(1, 30));
    }

    @Test
    void aSecondTabShowsTheSame(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 4);
        chat.awaitAnswer(Telling.counted(1, 4));

        ChatPage second = ada.opens(chat);
        assertEquals(Telling.counted(1, 4), second.answer());
        answer.counts(5, 8);
        second.awaitAnswer(Telling.counted(1, 8));
        chat.awaitAnswer(Telling.counted(1, 8));
        answer.finishes();
        second.awaitDone(Telling.counted(1, 8));

        second.ask("And on.");
        model.asked().writes("On.").finishes();
        chat.awaitDone("On.");
        assertEquals(List.of("Count.", Telling.counted(1, 8), "And on.", "On."), chat.texts());
    }

    @Test
    void theListOfEveryPageShowsWhereAnAnswerIsBeingWritten(Person ada, Teller model) {
        ChatPage quiet = ada.begins().ask("Hello.");
        model.asked().writes("Hello.").finishes();
        quiet.awaitDone("Hello.");
        ChatPage busy = ada.begins().ask("Hello too.");
        model.asked().writes("Hello.").finishes();
        busy.awaitDone("Hello.");
        quiet.page().reload();
        busy.ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        String mark = ".list a.running[data-id='" + busy.conversation() + "']";

        quiet.page().waitForSelector(mark);
        busy.page().waitForSelector(mark);
        answer.finishes();
        busy.awaitDone(Telling.counted(1, 2));
        quiet.page().waitForFunction("() => !document.querySelector('.list a.running')");
        busy.page().waitForFunction("() => !document.querySelector('.list a.running')");
    }

    @Test
    void comingBackShowsTheExactText(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 3);
        chat.awaitAnswer(Telling.counted(1, 3));
        chat.page().click(".new");
        chat.page().waitForSelector(".hello");
        answer.counts(4, 6);

        chat.page().goBack();

        chat.awaitAnswer(Telling.counted(1, 6));
        chat.page().goForward();
        chat.page().waitForSelector(".hello");
        answer.counts(7, 9).finishes();
        chat.page().goBack();
        chat.awaitDone(Telling.counted(1, 9));
    }

    /** Chromium keeps no page with an event stream; other browsers do, and this is what they tell such a page. */
    @Test
    void aPageThatTheBrowserKeptIsBroughtUpToDate(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 3);
        chat.awaitAnswer(Telling.counted(1, 3));
        ChatPage second = ada.opens(chat);
        chat.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        answer.counts(4, 6);
        second.awaitAnswer(Telling.counted(1, 6));
        assertEquals(Telling.counted(1, 3), chat.answer(), "the page was not put to sleep");

        chat.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");

        chat.awaitAnswer(Telling.counted(1, 6));
        answer.counts(7, 9).finishes();
        chat.awaitDone(Telling.counted(1, 9));
    }

    @Test
    void enterSendsAndShiftEnterBreaksTheLine(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        chat.page().locator("#text").pressSequentially("one");
        chat.page().press("#text", "Shift+Enter");
        chat.page().locator("#text").pressSequentially("two");
        assertEquals("one\ntwo", chat.typed());
        chat.page().press("#text", "Enter");
        chat.awaitConversation();
        model.asked().writes("Fine.").finishes();

        chat.awaitDone("Fine.");
        assertEquals(List.of("one\ntwo", "Fine."), chat.texts());
        assertEquals("one", chat.page().locator("#title").textContent());
    }

    @Test
    void theComposerGrowsWithItsTextAndShrinksWhenItIsSent(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Hello.");
        model.asked().writes("Hello.").finishes();
        chat.awaitDone("Hello.");
        double low = height(chat);
        chat.page().fill("#text", "a\nb\nc\nd\ne\nf");
        assertTrue(height(chat) > 2 * low, () -> low + " grew to only " + height(chat));
        chat.page().fill("#text", "line\n".repeat(200));
        assertTrue(height(chat) < 0.5 * chat.page().viewportSize().height, "it covers the page");

        chat.page().fill("#text", "a\nb\nc\nd\ne\nf");
        chat.page().press("#text", "Enter");
        model.asked().writes("So many.").finishes();
        chat.awaitDone("So many.");
        assertEquals("", chat.typed());
        assertEquals(low, height(chat), 1);
    }

    private static double height(ChatPage chat) {
        return chat.page().locator("#text").boundingBox().height;
    }

    @Test
    void aDoubleClickSendsOnce(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        chat.page().fill("#text", "Once.");
        chat.page().dblclick(".composer .send");
        chat.awaitConversation();
        model.asked().writes("Once it is.").finishes();
        chat.awaitDone("Once it is.");

        chat.page().fill("#text", "Again, once.");
        chat.page().dblclick(".composer .send");
        model.asked().writes("Twice in all.").finishes();

        chat.awaitDone("Twice in all.");
        assertEquals(List.of("Once.", "Once it is.", "Again, once.", "Twice in all."), chat.texts());
        assertEquals(4, ada.patter().database().messages(chat.conversation()));
        assertEquals(2, model.questions());
    }

    @Test
    void eachMessageGetsAnIdOfItsOwn(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        String first = chat.page().inputValue("#next");
        chat.ask("One.");
        model.asked().writes("1").finishes();
        chat.awaitDone("1");
        String second = chat.page().inputValue("#next");
        chat.ask("Two.");
        model.asked().writes("2").finishes();
        chat.awaitDone("2");
        String third = chat.page().inputValue("#next");

        assertEquals(3, List.of(first, second, third).stream().distinct().count());
    }

    @Test
    void aMessageThatTheServerRefusesStaysInTheComposer(Person ada, Teller model) {
        ada.tolerates("status of 422|Error Code 422");
        ChatPage chat = ada.begins().ask("Hello.");
        model.asked().writes("Hello.").finishes();
        chat.awaitDone("Hello.");

        chat.evaluate("() => { const o = document.createElement('option'); o.value = 'openai/gone';"
                + " document.getElementById('model').append(o); o.selected = true }");
        chat.page().fill("#text", "Keep me.");
        chat.page().press("#text", "Enter");

        chat.awaitProblem("This model is not available any more");
        assertEquals("Keep me.", chat.typed());
        chat.choose(Teller.MODEL).ask("Keep me.");
        model.asked().writes("Kept.").finishes();
        chat.awaitDone("Kept.");
        assertEquals("", chat.problem());
        assertEquals("", chat.typed());
    }

    @Test
    void whoIsLoggedOutMeanwhileSendsTheTextAfterLoggingIn(Person ada, Teller model) {
        ada.tolerates("status of 401|Error Code 401");
        ChatPage login = ada.loggedOut().visits("login");
        logIn(login);
        login.awaitComposer();
        ChatPage chat = login.ask("Hello.");
        model.asked().writes("Hello.").finishes();
        chat.awaitDone("Hello.");

        ChatPage other = ada.opens(chat);
        other.page().click(".side-foot button");
        other.page().waitForSelector("#password");
        chat.page().fill("#text", "Keep me.");
        chat.page().press("#text", "Enter");

        chat.awaitProblem("Log in again in another tab");
        assertEquals("Keep me.", chat.typed());
        logIn(other);
        other.awaitComposer();
        chat.page().reload();
        chat.awaitDone("Hello.");
    }

    @Test
    void aProxysOwnErrorsBecomePattersWords(Person ada, Teller model) {
        ada.tolerates("status of (413|502)|Error Code (413|502)");
        ChatPage chat = ada.begins();
        chat.ask("Hello.");
        model.asked().writes("Hello.").finishes();
        chat.awaitDone("Hello.");
        String title = chat.page().title();
        chat.page().fill("#text", "Keep me.");
        for (int status : new int[] {413, 502}) {
            String address = "**/messages";
            chat.page()
                    .route(
                            address,
                            route -> route.fulfill(
                                    new Route.FulfillOptions()
                                            .setStatus(status)
                                            .setContentType("text/html")
                                            .setBody(
                                                    "<html><head><title>Oops</title></head><body><h1>nginx</h1></body></html>")));
            chat.page().press("#text", "Enter");
            chat.awaitProblem("error " + status);
            chat.page().unroute(address);
            assertEquals("Keep me.", chat.typed());
            assertEquals(title, chat.page().title());
            assertEquals(0, chat.page().locator("h1:has-text('nginx')").count());
        }
        chat.page().press("#text", "Enter");
        model.asked().writes("Kept.").finishes();
        chat.awaitDone("Kept.");
        assertEquals("", chat.page().locator("#problem").textContent().strip());
    }

    @Test
    void theKeyThatEndsACompositionSendsNothing(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        chat.page().fill("#text", "あ");
        chat.evaluate("() => document.querySelector('#text').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter',"
                + " keyCode: 229, which: 229, isComposing: false, bubbles: true, cancelable: true }))");
        chat.page().press("#text", "Enter");
        model.asked().writes("Ah.").finishes();
        chat.awaitDone("Ah.");
        assertEquals(2, chat.page().locator("article.message").count(), "sent once");
    }

    private static void logIn(ChatPage login) {
        login.page().fill("#name", LivePatter.NAME);
        login.page().fill("#password", LivePatter.PASSWORD);
        login.page().press("#password", "Enter");
    }

    @Test
    void aMessageSentWhileTheServerIsAwayStaysInTheComposer(Person person, Teller model) {
        person.tolerates("net::ERR_|htmx:sendError|htmx:afterRequest");
        Wire wire = new Wire(person.patter().port());
        ChatPage chat = person.behind(wire).begins().ask("Hello.");
        model.asked().writes("Hello.").finishes();
        chat.awaitDone("Hello.");

        wire.breaks();
        chat.page().fill("#text", "Keep me.");
        chat.page().press("#text", "Enter");

        chat.awaitProblem("cannot be reached");
        assertEquals("Keep me.", chat.typed());
        wire.isMended();
        chat.page().press("#text", "Enter");
        model.asked().writes("Kept.").finishes();
        chat.awaitDone("Kept.");
        assertEquals("", chat.problem());
        assertEquals("", chat.typed());
    }

    @Test
    void aConversationIsInTheListUntilItIsDeleted(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Quetzals and their habitat");
        model.asked().writes("Cloud forests.").finishes();
        chat.awaitDone("Cloud forests.");
        assertEquals("Quetzals and their habitat", chat.page().locator("#title").textContent());
        assertEquals(
                "Quetzals and their habitat",
                chat.page().locator(".list a[aria-current]").textContent());
        String address = chat.page().url();
        String conversation = chat.conversation();

        chat.page().click(".new");
        chat.page().waitForSelector(".hello");
        chat.page().click("text=Quetzals and their habitat");
        chat.awaitDone("Cloud forests.");
        assertEquals(address, chat.page().url());

        ChatPage second = ada.opens(chat);
        chat.page().click(".delete summary");
        chat.page().click(".sure .danger");
        chat.page().waitForSelector(".hello");
        assertEquals(0, chat.page().locator("text=Quetzals and their habitat").count());
        assertEquals(0, ada.patter().database().conversations(conversation));
        second.awaitStatus("deleted");
        second.page().close();
    }
}
