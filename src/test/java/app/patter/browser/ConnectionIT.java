package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The network and the server go away under an open page, which neither loses nor doubles a character. */
@ExtendWith(Browsers.class)
class ConnectionIT {

    @BeforeEach
    void aBrowserMayComplainAboutTheNetwork(Person ada) {
        ada.tolerates("net::ERR_");
    }

    @Test
    void anAnswerThatIsCutOffAgainAndAgainArrivesWhole(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        Telling answer = model.asked();
        answer.counts(1, 1);
        chat.awaitAnswer(Telling.counted(1, 1));

        for (int cut = 1; cut <= 4; cut++) {
            int before = wire.connections();
            answer.counts(cut * 10 - 8, cut * 10 - 3);
            wire.cut();
            answer.counts(cut * 10 - 2, cut * 10 + 1);
            chat.awaitAnswer(Telling.counted(1, cut * 10 + 1));
            assertTrue(wire.connections() > before, "it was not cut");
        }
        answer.finishes();

        chat.awaitDone(Telling.counted(1, 41));
        chat.awaitStatus("");
    }

    @Test
    void anAnswerThatFlowsFastIsWholeAfterCutsAtAnyMoment(Person ada) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins();
        chat.choose("openai/words-300-at-100").ask("Count.");

        for (int words = 30; words <= 240; words += 30) {
            String seen = "word" + words + " ";
            chat.await("the next words", chat::answer, text -> text.contains(seen));
            wire.cut();
        }

        chat.awaitDone(Telling.counted(1, 300));
        chat.awaitStatus("");
    }

    @Test
    void aReaderLearnsThatTheConnectionIsLostAndThatItIsBack(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        wire.breaks();
        chat.awaitStatus("Reconnecting…");
        answer.counts(3, 5);
        assertEquals(Telling.counted(1, 2), chat.answer());
        wire.isMended();

        chat.awaitAnswer(Telling.counted(1, 5));
        chat.awaitStatus("");
        answer.counts(6, 7).finishes();
        chat.awaitDone(Telling.counted(1, 7));
    }

    @Test
    void anAnswerThatEndsWhileNobodyIsConnectedIsThereAfterwards(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        Telling answer = model.asked().thinks("Hm. ").counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        wire.breaks();
        answer.counts(3, 30).finishes();
        chat.awaitStatus("Reconnecting…");
        wire.isMended();

        chat.awaitDone(Telling.counted(1, 30));
        chat.awaitStatus("");
    }

    @Test
    void aStalledConnectionCatchesUp(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));
        ChatPage elsewhere = ada.visits("c/" + chat.conversation());

        wire.stalls();
        answer.counts(3, 40);
        elsewhere.awaitAnswer(Telling.counted(1, 40));
        assertEquals(Telling.counted(1, 2), chat.answer());
        wire.isMended();

        chat.awaitAnswer(Telling.counted(1, 40));
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 40));
    }

    @Test
    void aConnectionThatIsDeadWithoutAWordIsReplaced(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        wire.dies();
        answer.counts(3, 6);

        chat.awaitLong("what came meanwhile", chat::answer, Telling.counted(1, 6)::equals);
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 6));
    }

    @Test
    void aPageOutlivesTheServer(Person person, LivePatter live) {
        person.tolerates("status of (404|500|503)"); // while the server starts, Patter is not there yet
        Teller model = live.teller();
        Person ada = person.visiting(live);
        ChatPage chat = ada.begins().ask("Count.");
        model.asked().counts(1, 20);
        chat.awaitAnswer(Telling.counted(1, 20));

        live.server().kill();
        chat.awaitStatus("Reconnecting…");
        live.server().start();

        chat.awaitLong("the interrupted answer", chat::state, "interrupted"::equals);
        chat.awaitStatus("");
        assertEquals(Telling.counted(1, 20), chat.answer());
        chat.press("Continue");
        model.asked().counts(21, 25).finishes();
        chat.awaitDone(Telling.counted(1, 25));
        chat.verify();
        chat.page().close();
    }

    @Test
    void aHiddenTabWithoutAnAnswerLetsGoOfItsConnection(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Hello.");
        model.asked().writes("Hello.").finishes();
        chat.awaitDone("Hello.");
        ChatPage second = ada.opens(chat);

        chat.hide(true);
        second.ask("More?");
        model.asked().writes("More.").finishes();
        second.awaitDone("More.");
        assertEquals("Hello.", chat.answer(), "the hidden tab kept its connection");
        chat.hide(false);

        chat.awaitDone("More.");
        assertEquals(second.texts(), chat.texts());
    }

    @Test
    void aHiddenTabFollowsARunningAnswer(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        chat.hide(true);
        answer.counts(3, 5).finishes();

        chat.awaitDone(Telling.counted(1, 5));
    }

    @Test
    void sevenTabsOnOneHostWorkAlthoughABrowserHasSixConnections(Person ada, Teller model) {
        ChatPage first = ada.begins().ask("Hello.");
        model.asked().writes("Hello.").finishes();
        first.awaitDone("Hello.");
        List<ChatPage> tabs = new ArrayList<>(List.of(first));
        for (int i = 0; i < 6; i++) {
            tabs.get(tabs.size() - 1).hide(true); // as a browser does with all tabs but one
            tabs.add(ada.opens(first));
        }
        ChatPage seventh = tabs.get(6);
        seventh.ask("Count.");
        Telling answer = model.asked().counts(1, 3);
        seventh.awaitAnswer(Telling.counted(1, 3));
        answer.finishes();
        seventh.awaitDone(Telling.counted(1, 3));
        seventh.hide(true);
        first.hide(false);
        first.awaitDone(Telling.counted(1, 3));
    }

    @Test
    void whoLogsOutElsewhereIsToldOnceAndThePageAsksNoMore(Person ada, Teller model) {
        Person bea = ada.invites("bea");
        ChatPage chat = bea.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));
        ChatPage other = bea.opens(chat);

        other.page().click("text=Log out");

        chat.awaitStatus("You have been logged out. Log in in another tab, then reload this page.");
        assertNull(
                chat.evaluate("() => document.getElementById('messages').dataset.events ?? null"),
                "no address to ask again");
        answer.finishes();
        assertEquals(Telling.counted(1, 2), chat.answer(), "what was there stays");
    }

    @Test
    void aConversationThatIsDeletedElsewhereSaysSo(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));
        ChatPage other = ada.opens(chat);

        other.page().click(".delete summary");
        other.page().click(".sure .danger");

        chat.awaitStatus("This conversation was deleted.");
        assertEquals(Telling.counted(1, 2), chat.answer());
        chat.page().close(); // it shows what is nowhere else any more
    }

    @Test
    void hiddenTabsLetGoOfTheirConnectionsAtTheAnswersEnd(Person ada, Teller model) {
        ChatPage first = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        List<ChatPage> tabs = new ArrayList<>(List.of(first));
        while (tabs.size() < 6) {
            tabs.add(ada.opens(first));
        }
        for (ChatPage tab : tabs) {
            tab.awaitAnswer(Telling.counted(1, 2));
            tab.hide(true);
            assertEquals(1, tab.streams(), "it follows what is being written");
        }
        answer.counts(3, 5).finishes();
        for (ChatPage tab : tabs) {
            tab.awaitDone(Telling.counted(1, 5));
            tab.await("its connection to end", tab::streams, open -> open == 0);
        }

        ChatPage seventh = ada.opens(first);
        seventh.ask("More?");
        model.asked().writes("More.").finishes();
        seventh.awaitDone("More.");
        assertEquals(Telling.counted(1, 5), first.answer());
        tabs.forEach(tab -> tab.hide(false));
        tabs.remove(0).awaitDone("More.");
        tabs.forEach(tab -> tab.page().close()); // seven visible ones are one too many
    }

    @Test
    void tabsOpenedInTheBackgroundConnectWhenSomebodyLooks(Person ada, Teller model) {
        ChatPage first = ada.begins().ask("Hello.");
        model.asked().writes("Hello.").finishes();
        first.awaitDone("Hello.");
        first.hide(true);
        List<ChatPage> tabs = new ArrayList<>();
        while (tabs.size() < 7) {
            ChatPage tab = ada.opens(first, ChatPage.hidden(true));
            assertEquals("Hello.", tab.answer());
            assertEquals(List.of(), tab.attempts(), "nobody looks, and nothing is being written");
            tabs.add(tab);
        }
        ChatPage last = tabs.get(6);

        last.hide(false);
        last.ask("More?");
        model.asked().writes("More.").finishes();

        last.awaitDone("More.");
        assertEquals("Hello.", first.answer());
        tabs.forEach(tab -> assertEquals(tab == last ? 1 : 0, tab.streams()));
        last.hide(true);
        first.hide(false);
        first.awaitDone("More.");
        tabs.forEach(tab -> tab.page().close());
    }

    @Test
    void aTabOpenedInTheBackgroundFollowsAnAnswerThatIsBeingWritten(Person ada, Teller model) {
        ChatPage first = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        first.awaitAnswer(Telling.counted(1, 2));

        ChatPage behind = ada.opens(first, ChatPage.hidden(true));
        answer.counts(3, 5).finishes();

        behind.awaitDone(Telling.counted(1, 5));
        behind.await("its connection to end", behind::streams, open -> open == 0);
    }

    @Test
    void pagesComeBackAfterLongerAndLongerAndNotAllAtOnce(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        ChatPage lucky = ada.opens(chat, "Math.random = () => 0;");
        ChatPage unlucky = ada.opens(chat, "Math.random = () => 0.999;");
        lucky.awaitAnswer(Telling.counted(1, 2));
        unlucky.awaitAnswer(Telling.counted(1, 2));

        wire.breaks();
        lucky.await("five more attempts", lucky::attempts, attempts -> attempts.size() >= 6);

        assertTrue(
                unlucky.attempts().size() < lucky.attempts().size(),
                "both came together: " + lucky.attempts() + ", " + unlucky.attempts());
        grow(lucky.attempts(), 250);
        grow(unlucky.attempts(), 749);
        grow(chat.attempts(), 250);
        answer.counts(3, 4).finishes();
        wire.isMended();
        for (ChatPage page : List.of(chat, lucky, unlucky)) {
            page.awaitLong("what came meanwhile", page::answer, Telling.counted(1, 4)::equals);
            page.awaitStatus("");
        }
    }

    /** Timers are never early: the waits are at least the first one, twice that, four times that… */
    private static void grow(List<Double> attempts, double first) {
        for (int i = 1; i < attempts.size(); i++) {
            double waited = attempts.get(i) - attempts.get(i - 1);
            double least = first * Math.pow(2, i - 1) - 2; // clocks in a browser are blurred
            assertTrue(waited >= least, "attempt " + i + " after " + waited + " ms, not " + least + ": " + attempts);
        }
    }

    @Test
    void aSlowConnectionGetsThere(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));
        ChatPage elsewhere = ada.visits("c/" + chat.conversation());

        wire.breaks();
        answer.counts(3, 8_000);
        elsewhere.awaitAnswer(Telling.counted(1, 8_000));
        chat.awaitStatus("Reconnecting…");
        wire.slows(8_000); // which is 800 bytes a second, at the usual heartbeat
        wire.connects();

        chat.awaitLong("what came meanwhile", chat::answer, Telling.counted(1, 8_000)::equals);
        wire.isMended();
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 8_000));
    }

    @Test
    void aSecondDeviceJoinsInTheMiddleOfAWord(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().writes("One **tw");
        chat.await("the first half", chat::answer, text -> text.endsWith("tw"));

        ChatPage device = ada.loggedOut().visits("login?next=/c/" + chat.conversation());
        device.page().fill("#name", LivePatter.NAME);
        device.page().fill("#password", LivePatter.PASSWORD);
        device.page().press("#password", "Enter");
        device.awaitConversation();
        device.verify();
        assertEquals(chat.runs(), device.runs());

        answer.writes("o** `thr");
        device.await("more", device::answer, text -> text.endsWith("thr"));
        device.verify();
        chat.verify();
        assertEquals(chat.runs(), device.runs());
        answer.writes("ee` four").finishes();
        device.awaitDone("One two three four");
        chat.awaitDone("One two three four");
        assertEquals(chat.runs(), device.runs());
    }
}
