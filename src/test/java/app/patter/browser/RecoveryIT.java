package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page that cannot go on from where it is gets a fresh copy, once, and keeps all that it has until then. */
@ExtendWith(Browsers.class)
class RecoveryIT {

    @Test
    void aPageThatLostAPieceFetchesOneFreshCopy(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 3);
        chat.awaitAnswer(Telling.counted(1, 3));
        AtomicInteger copies = copies(chat);
        chat.page().fill("#text", "half a thou");

        lose(ada, chat);
        answer.counts(4, 6);
        chat.awaitAnswer(Telling.counted(1, 6));
        answer.counts(7, 8).finishes();

        chat.awaitDone(Telling.counted(1, 8));
        assertEquals(1, copies.get());
        assertEquals("half a thou", chat.typed());
    }

    /** What may stand where the fresh copy should be. */
    enum Fault {
        NOBODY_ANSWERS(route -> route.abort("connectionrefused")),
        PATTER_IS_BUSY(route -> route.fulfill(answer(503, "<p class=\"problem\">The database is away.</p>"))),
        NGINX_FINDS_NOBODY(route -> route.fulfill(answer(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"))),
        A_PROXY_ASKS_WHO_IT_IS(route -> route.fulfill(answer(200, "<!DOCTYPE html><body><form>Who?</form>")));

        private final Consumer<Route> happens;

        Fault(Consumer<Route> happens) {
            this.happens = happens;
        }

        private static Route.FulfillOptions answer(int status, String html) {
            return new Route.FulfillOptions()
                    .setStatus(status)
                    .setContentType("text/html")
                    .setBody(html);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void withoutAFreshCopyThePageKeepsWhatItHasAndAsksAgain(Fault fault, Person ada, Teller model) {
        ada.tolerates("net::ERR_CONNECTION_REFUSED|status of (502|503)");
        ChatPage chat = ada.begins().ask("Count.");
        model.asked().counts(1, 3).finishes();
        chat.awaitDone(Telling.counted(1, 3));
        chat.ask("More.");
        Telling answer = model.asked().counts(4, 5);
        chat.awaitAnswer(Telling.counted(4, 5));
        AtomicInteger asked = new AtomicInteger();
        String address = chat.page().url();
        chat.page().route(address, route -> {
            asked.incrementAndGet();
            fault.happens.accept(route);
        });

        lose(ada, chat);
        answer.counts(6, 7);
        chat.awaitStatus("Reconnecting…");
        chat.await("another try", asked::get, tries -> tries >= 3);
        answer.counts(8, 9);
        assertEquals(List.of("Count.", Telling.counted(1, 3), "More."), chat.texts(), "what was there stays");
        chat.page().unroute(address);

        chat.awaitLong("the whole answer", chat::answer, Telling.counted(4, 9)::equals);
        chat.awaitStatus("");
        answer.counts(10, 11).finishes();
        chat.awaitDone(Telling.counted(4, 11));
    }

    @Test
    void nothingConnectsWhileAFreshCopyIsUnderWay(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 3);
        chat.awaitAnswer(Telling.counted(1, 3));
        ChatPage elsewhere = ada.opens(chat);
        AtomicReference<Route> held = new AtomicReference<>();
        String address = chat.page().url();
        chat.page().route(address, held::set);

        lose(ada, chat);
        answer.counts(4, 5);
        chat.await("the page to ask", held::get, route -> route != null);
        chat.hide(true);
        chat.hide(false);
        chat.evaluate("() => dispatchEvent(new Event('online'))");
        assertEquals(0, chat.streams(), "it would bring what the fresh copy has too");
        answer.counts(6, 7);
        elsewhere.awaitAnswer(Telling.counted(1, 7));
        chat.page().unroute(address);
        held.get().resume();

        chat.awaitAnswer(Telling.counted(1, 7));
        answer.counts(8, 9).finishes();
        chat.awaitDone(Telling.counted(1, 9));
        assertEquals(1, chat.streams());
    }

    @Test
    void whoIsLoggedOutWhenAFreshCopyIsNeededIsTold(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 3);
        chat.awaitAnswer(Telling.counted(1, 3));

        chat.page().context().clearCookies();
        lose(ada, chat);
        answer.counts(4, 5);

        chat.awaitStatus("You have been logged out. Log in in another tab, then reload this page.");
        assertEquals(List.of("Count."), chat.texts(), "what was there stays");
        assertEquals(0, chat.streams());
        chat.page().close(); // it cannot show what came since
    }

    @Test
    void anEventThatComesTwiceCountsOnce(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        wire.tampers(event -> List.of(event, event));
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        AtomicInteger copies = copies(chat);
        Telling answer = model.asked();
        for (int word = 1; word <= 5; word++) {
            answer.counts(word, word);
            chat.awaitAnswer(Telling.counted(1, word));
        }
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 5));
        assertEquals(0, copies.get(), "nothing was missing");
    }

    @Test
    void aRevisionThatIsMissingIsNoticedAtTheNextOne(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        AtomicInteger copies = copies(chat);
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        List<String> lost = losesOne(wire, 0);
        answer.counts(3, 3);
        chat.await("one to be lost", lost::size, size -> size == 1);
        answer.counts(4, 4);

        chat.awaitAnswer(Telling.counted(1, 4));
        answer.counts(5, 6).finishes();
        chat.awaitDone(Telling.counted(1, 6));
        assertEquals(1, copies.get());
    }

    @Test
    void revisionsThatComeInTheWrongOrderAreNotShownInIt(Person ada, Teller model) {
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Count.");
        AtomicInteger copies = copies(chat);
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        List<String> late = losesOne(wire, 1);
        answer.counts(3, 3);
        chat.await("one to be late", late::size, size -> size == 1);
        answer.counts(4, 4);

        chat.awaitAnswer(Telling.counted(1, 4));
        answer.counts(5, 6).finishes();
        chat.awaitDone(Telling.counted(1, 6));
        assertEquals(1, copies.get());
    }

    /** Takes the next frame out of the stream, and puts it after so many others, if not 0; says which it was. */
    private static List<String> losesOne(Wire wire, int later) {
        List<String> lost = new CopyOnWriteArrayList<>();
        AtomicInteger since = new AtomicInteger();
        wire.tampers(event -> {
            if (!event.contains("id: ")) {
                return List.of(event);
            }
            if (lost.isEmpty()) {
                lost.add(event);
                return List.of();
            }
            return since.incrementAndGet() == later ? List.of(event, lost.get(0)) : List.of(event);
        });
        return lost;
    }

    @Test
    void whenABackupIsPutBackThePageShowsItAndKeepsWhatIsTyped(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Hello.");
        model.asked().writes("Hello.").finishes();
        chat.awaitDone("Hello.");
        chat.ask("More?");
        model.asked().writes("More.").finishes();
        chat.awaitDone("More.");
        chat.page().fill("#text", "half a thou");

        chat.hide(true);
        ada.patter().database().restores(chat.conversation(), 2);
        chat.hide(false);

        chat.awaitDone("Hello.");
        assertEquals(List.of("Hello.", "Hello."), chat.texts());
        assertEquals("half a thou", chat.typed());
        assertEquals(1, chat.streams(), "it follows what is written");
    }

    @Test
    void aReaderIsToldThatNothingCanBeSavedAndWhenItGoesOn(Person ada, Teller model) throws Exception {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        try (AutoCloseable held = ada.patter().database().holds(chat.conversation())) {
            answer.counts(3, 5);
            chat.awaitStatus("The database is unavailable");
            assertEquals(Telling.counted(1, 2), chat.answer(), "nothing is shown that is not saved");
        }

        chat.awaitAnswer(Telling.counted(1, 5));
        chat.awaitStatus("");
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 5));
    }

    @Test
    void aPageTooManySaysSoAndComesInWhenThereIsRoom(Person person) {
        Person ada = person.at(LivePatter.start(person.browser(), Map.of("PATTER_READERS_PER_ACCOUNT", "1")));
        Teller model = ada.patter().teller();
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 2);
        chat.awaitAnswer(Telling.counted(1, 2));

        ChatPage second = ada.opens(chat, "Math.random = () => 0;");
        second.awaitStatus("close some");
        assertEquals(0, second.streams(), "it does not try at once");
        answer.counts(3, 5);
        chat.awaitAnswer(Telling.counted(1, 5));
        assertEquals(Telling.counted(1, 2), second.answer());
        chat.page().close();

        second.awaitLong("what came meanwhile", second::answer, Telling.counted(1, 5)::equals);
        second.awaitStatus("");
        answer.finishes();
        second.awaitDone(Telling.counted(1, 5));
        second.verify();
        second.page().close();
    }

    /** Takes away what the next piece of the answer belongs to. */
    private static void lose(Person ada, ChatPage chat) {
        ada.tolerates("htmx:oobErrorNoTarget");
        chat.evaluate("() => [...document.querySelectorAll('.message.assistant .text')].pop().remove()");
    }

    /** Counts how often the page fetches itself. */
    private static AtomicInteger copies(ChatPage chat) {
        AtomicInteger count = new AtomicInteger();
        String address = chat.page().url();
        chat.page().onRequest(request -> count.addAndGet(request.url().equals(address) ? 1 : 0));
        return count;
    }
}
