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

        hide(chat, true);
        second.ask("More?");
        model.asked().writes("More.").finishes();
        second.awaitDone("More.");
        assertEquals("Hello.", chat.answer(), "the hidden tab kept its connection");
        hide(chat, false);

        chat.awaitDone("More.");
        assertEquals(second.texts(), chat.texts());
    }

    @Test
    void aHiddenTabFollowsARunningAnswer(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        hide(chat, true);
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
            hide(tabs.get(tabs.size() - 1), true); // as a browser does with all tabs but one
            tabs.add(ada.opens(first));
        }
        ChatPage seventh = tabs.get(6);
        seventh.ask("Count.");
        Telling answer = model.asked().counts(1, 3);
        seventh.awaitAnswer(Telling.counted(1, 3));
        answer.finishes();
        seventh.awaitDone(Telling.counted(1, 3));
        hide(seventh, true);
        hide(first, false);
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

        chat.awaitStatus("You are logged out. Log in in another tab, then reload this page.");
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
        other.page().click("text=Yes, delete");

        chat.awaitStatus("This conversation was deleted.");
        assertEquals(Telling.counted(1, 2), chat.answer());
        chat.page().close(); // it shows what is nowhere else any more
    }

    /** A browser without a window hides nothing by itself. */
    private static void hide(ChatPage chat, boolean hidden) {
        chat.evaluate(
                "() => { Object.defineProperty(document, 'hidden', { value: " + hidden
                        + ", configurable: true }); document.dispatchEvent(new Event('visibilitychange', { bubbles: true })) }");
    }
}
