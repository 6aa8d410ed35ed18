package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.markdown.LiveMarkdown;
import app.patter.markdown.Markdown;
import app.patter.server.Shown;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a reader has before the eyes while an answer grows. */
@ExtendWith(Browsers.class)
class ReadingIT {

    private static final String SHOWN = "A line of its own.".repeat(80);
    private static final String LINES = "A line of its own.\n\n".repeat(80);

    @Test
    void thePageFollowsTheEndOfTheText(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Many lines, please.");
        Telling answer = model.asked();
        StringBuilder all = new StringBuilder();
        for (int part = 0; part < 3; part++) {
            answer.writes(LINES);
            chat.awaitAnswer(all.append(SHOWN).toString());
            chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        }
        answer.finishes();
        chat.awaitDone(all.toString());
        chat.await("the end with its buttons", () -> fromEnd(chat), distance -> distance < 2);
        assertFalse(chat.page().locator("#follow").isVisible());
    }

    @Test
    void whoHasScrolledUpStaysThereAndIsOfferedTheNewText(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Many lines, please.");
        Telling answer = model.asked().writes(LINES);
        chat.awaitAnswer(SHOWN);
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);

        chat.page().mouse().move(600, 300);
        chat.page().mouse().wheel(0, -700);
        chat.await("scrolling", () -> fromEnd(chat), distance -> distance > 500);
        chat.await("rest", new Settled(chat), settled -> settled);
        double top = top(chat);
        answer.writes(LINES);
        chat.awaitAnswer(SHOWN + SHOWN);

        assertEquals(top, top(chat), "the text moved under the reader's eyes");
        chat.await("the offer", () -> chat.page().locator("#follow").isVisible(), shown -> shown);
        chat.page().click("text=↓ New text");
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        chat.await("no offer any more", () -> chat.page().locator("#follow").isVisible(), shown -> !shown);
        answer.writes(LINES).finishes();
        chat.awaitDone(SHOWN + SHOWN + SHOWN);
        chat.await("the end again", () -> fromEnd(chat), distance -> distance < 2);
    }

    /** Whether the page has stopped scrolling since the last look. */
    private static final class Settled implements java.util.function.Supplier<Boolean> {

        private final ChatPage chat;
        private double last = -1;

        Settled(ChatPage chat) {
            this.chat = chat;
        }

        @Override
        public Boolean get() {
            chat.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            double now = top(chat);
            boolean same = now == last;
            last = now;
            return same;
        }
    }

    private static double top(ChatPage chat) {
        return number(chat, "() => document.getElementById('scroll').scrollTop");
    }

    private static double fromEnd(ChatPage chat) {
        return number(
                chat,
                "() => { const s = document.getElementById('scroll');"
                        + " return s.scrollHeight - s.scrollTop - s.clientHeight }");
    }

    private static double number(ChatPage chat, String function) {
        return ((Number) chat.evaluate(function)).doubleValue();
    }

    @Test
    void aSelectionSurvivesWhileTheTextGrows(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count.");
        Telling answer = model.asked().counts(1, 6);
        chat.awaitAnswer(Telling.counted(1, 6));
        chat.evaluate("() => { const text = document.querySelector('.assistant .body > .text > p').firstChild;"
                + " getSelection().setBaseAndExtent(text, 0, text, 5) }");
        assertEquals("word1", chat.evaluate("() => String(getSelection())"));

        answer.counts(7, 20);
        chat.awaitAnswer(Telling.counted(1, 20));
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 20));

        assertEquals("word1", chat.evaluate("() => String(getSelection())"));
    }

    @Test
    void whateverTheModelWritesIsShownAsText(Person ada, Teller model) {
        List<String> hostile = List.of(
                "<script>document.title = 'owned'</script>",
                "<img src=x onerror=\"document.title = 'owned'\">",
                "</div></div></article></main><h1>out</h1>",
                "<template><i hx-swap-oob=\"delete\" id=\"composer\"></i></template>",
                "<i id=\"composer\" hx-swap-oob=\"true\">gone</i>",
                " &amp; &lt; &#60; &nbsp; &copy ",
                "<!-- <![CDATA[ ]]> -->",
                "<",
                "b>",
                "&",
                "am",
                "p;",
                "</",
                "div",
                ">",
                "\n\n\nblank lines\n \n",
                "\ttab\t\ttabs\n",
                "carriage\rreturn\r\nboth\n\r",
                "data: x\nid: 999999999\n\nevent: gone\n",
                "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 é e\u0301 \u202Eright to left\u202C \u200B\uFEFF",
                "\u2028\u2029\u0085\u000B\u000C",
                "x".repeat(3_000),
                " end  ");
        ChatPage chat = ada.begins().ask("<b>Attack</b> \"me\" & mine");
        Telling answer = model.asked().thinks("<img src=x onerror=alert(1)>\r\n ");
        StringBuilder all = new StringBuilder();
        for (String piece : hostile) {
            answer.writes(piece);
            Shown.Run shown = Shown.Run.of(
                    LiveMarkdown.resumed("r2-1", all.append(piece).toString()).html());
            chat.await("what was written", () -> chat.runs().get("r2-1"), shown::equals);
        }
        answer.finishes();

        chat.awaitState("done");
        Shown.Run shown = Shown.Run.of(Markdown.html(all.toString()));
        chat.await("all", () -> chat.runs().get("r2-1"), shown::equals);
        assertUnharmed(chat);
        chat.page().reload();
        assertEquals(shown, chat.runs().get("r2-1"));
        assertUnharmed(chat);
    }

    private static void assertUnharmed(ChatPage chat) {
        assertEquals("<b>Attack</b> \"me\" & mine", chat.texts().get(0));
        assertEquals(
                "<b>Attack</b> \"me\" & mine", chat.page().locator("#title").textContent());
        assertEquals("<b>Attack</b> \"me\" & mine · Patter", chat.page().title());
        assertEquals(
                0,
                chat.page()
                        .locator(".message img, .message script, .message h1")
                        .count());
        assertEquals(1, chat.page().locator("#composer textarea").count());
        assertTrue(wide(chat), "a long line makes the page scroll sideways");
    }

    private static boolean wide(ChatPage chat) {
        return (Boolean)
                chat.evaluate(
                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
                                + " && document.getElementById('scroll').scrollWidth <= document.getElementById('scroll').clientWidth");
    }

    @Test
    void aLongAnswerIsExact(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Count far.");
        Telling answer = model.asked();
        for (int from = 1; from < 4_000; from += 100) {
            answer.writes(Telling.counted(from, from + 99) + " ");
        }
        answer.finishes();

        chat.awaitDone(Telling.counted(1, 4_000));
        ChatPage again = ada.opens(chat);
        assertEquals(Telling.counted(1, 4_000), again.answer());
    }

    @Test
    void anAnswerThatFailsSaysWhyAndKeepsItsText(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Fail.");
        model.asked().refuses(500, "{\"error\":{\"message\":\"The engine exploded\"}}");
        chat.awaitState("failed");
        assertFalse(chat.last().locator(".problem").textContent().isBlank());
        assertTrue(chat.button("Try again").isVisible());
    }
}
