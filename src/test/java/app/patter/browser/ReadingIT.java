package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.markdown.LiveMarkdown;
import app.patter.markdown.Markdown;
import app.patter.server.Shown;
import com.microsoft.playwright.Browser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader has before the eyes while an answer grows. */
@ExtendWith(Browsers.class)
class ReadingIT {

    private static final String SHOWN = "A line of its own.".repeat(80);
    private static final String LINES = "A line of its own.\n\n".repeat(80);

    /** Pixels by which the browser may round when sizes above become known; a line has 28. */
    private static final double ROUNDING = 3;

    /** Where on the screen the paragraph is that was in its middle when this was asked first. */
    private static final String MIDDLE = """
            () => {
              window.middle ??= document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('p');
              return middle.getBoundingClientRect().top;
            }
            """;

    private static final String HEIGHT = "() => document.getElementById('scroll').clientHeight";

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
    void theEndStaysInViewWhenTheTextLosesHeight(Person ada, Teller model) {
        ada.tolerates("net::ERR_");
        Wire wire = new Wire(ada.patter().port());
        ChatPage chat = ada.behind(wire).begins().ask("Many lines, please.");
        Telling answer = model.asked().writes(LINES);
        chat.awaitAnswer(SHOWN);
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        chat.await("rest", new Settled(chat), settled -> settled);
        double height = number(chat, HEIGHT);

        chat.page().fill("#text", "A question\nof\nfour\nlines");
        chat.await("a lower text", () -> number(chat, HEIGHT), now -> now < height - 20);
        chat.await("the end above the question", () -> fromEnd(chat), distance -> distance < 2);
        double lower = number(chat, HEIGHT);
        wire.breaks();
        chat.awaitStatus("Reconnecting…");
        chat.await("a still lower text", () -> number(chat, HEIGHT), now -> now < lower - 20);
        chat.await("the end above the line", () -> fromEnd(chat), distance -> distance < 2);

        wire.isMended();
        chat.awaitStatus("");
        answer.finishes();
        chat.awaitDone(SHOWN);
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
        double top = number(chat, MIDDLE);
        answer.writes(LINES);
        chat.awaitAnswer(SHOWN + SHOWN);

        assertEquals(top, number(chat, MIDDLE), ROUNDING, "the text moved under the reader's eyes");
        chat.await("the offer", () -> chat.page().locator("#follow").isVisible(), shown -> shown);
        chat.page().click("text=↓ Jump to latest");
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        chat.await("no offer any more", () -> chat.page().locator("#follow").isVisible(), shown -> !shown);
        answer.writes(LINES).finishes();
        chat.awaitDone(SHOWN + SHOWN + SHOWN);
        chat.await("the end again", () -> fromEnd(chat), distance -> distance < 2);
    }

    @Test
    void aSmallStepUpIsNotFought(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Many lines, please.");
        Telling answer = model.asked().writes(LINES);
        chat.awaitAnswer(SHOWN);
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        chat.evaluate("() => { document.getElementById('scroll').scrollTop -= 20 }");
        chat.await("rest", new Settled(chat), settled -> settled);
        double top = number(chat, MIDDLE);
        answer.writes(LINES);
        chat.awaitAnswer(SHOWN + SHOWN);
        assertEquals(top, number(chat, MIDDLE), ROUNDING);
        chat.evaluate("() => { const s = document.getElementById('scroll'); s.scrollTop = s.scrollHeight }");
        chat.await("rest", new Settled(chat), settled -> settled);
        answer.writes(LINES).finishes();
        chat.awaitDone(SHOWN + SHOWN + SHOWN);
        chat.await("the end again", () -> fromEnd(chat), distance -> distance < 2);
    }

    /** A block is drawn again when it is complete, and has no height for a frame: that is no step up of the reader's. */
    @Test
    void aTextThatIsJustLongerThanTheScreenIsFollowed(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("A quotation, please.");
        String quotation = "It says this in many words, ".repeat(20) + "and";
        Telling answer = model.asked().writes("It is here:\n\n> " + quotation);
        chat.await(
                "the quotation",
                () -> chat.evaluate("() => document.querySelector('.assistant blockquote')?.textContent.trim()"),
                quotation::equals);
        for (int height = 800; overflow(chat) < 3; height -= 3) {
            chat.page().setViewportSize(1_000, height);
        }
        answer.writes(" so");
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        answer.writes("\n\nAnd");
        chat.await(
                "the next paragraph",
                () -> chat.page().locator(".assistant .text > p").count(),
                now -> now == 2);
        chat.await("rest", new Settled(chat), settled -> settled);
        answer.writes(" on.\n\n" + LINES).finishes();
        chat.awaitState("done");
        chat.await("the end again", () -> fromEnd(chat), distance -> distance < 2);
    }

    private static double overflow(ChatPage chat) {
        return number(
                chat, "() => { const s = document.getElementById('scroll'); return s.scrollHeight - s.clientHeight }");
    }

    @Test
    void whoSelectsTextOrTabsThroughItIsNotMoved(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Many lines, please.");
        Telling answer = model.asked().writes("[A link](https://example.org)\n\n" + LINES);
        chat.awaitAnswer("A link" + SHOWN);
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        chat.evaluate("() => { const last = document.querySelector('.assistant .text > p:last-child').firstChild;"
                + " getSelection().setBaseAndExtent(last, 0, last, 4) }");
        String selected = "() => getSelection().getRangeAt(0).getBoundingClientRect().top";
        chat.await("rest", new Settled(chat), settled -> settled);
        double top = number(chat, selected);
        answer.writes(LINES);
        chat.awaitAnswer("A link" + SHOWN + SHOWN);
        assertEquals(top, number(chat, selected), ROUNDING, "moved under a selection");
        assertEquals("A li", chat.evaluate("() => String(getSelection())"));
        chat.page().click("text=↓ Jump to latest");
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);

        chat.evaluate("() => document.getElementById('scroll').focus()");
        String focusable = "#messages :is(a, button, summary)";
        int links = chat.page().locator(focusable).count();
        for (int tabs = 0;
                tabs < links && !chat.page().locator(":focus").textContent().equals("A link");
                tabs++) {
            chat.page().keyboard().press("Tab");
        }
        assertEquals("A link", chat.page().locator(":focus").textContent());
        chat.await("rest", new Settled(chat), settled -> settled);
        String focus = "() => document.activeElement.getBoundingClientRect().top";
        double focused = number(chat, focus);
        answer.writes(LINES).finishes();
        chat.awaitDone("A link" + SHOWN + SHOWN + SHOWN);
        assertEquals(focused, number(chat, focus), ROUNDING, "moved under the focus");
    }

    @Test
    void aLongConversationComesInPartsAndStaysWhereItIs(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("First of many.");
        model.asked().writes("Yes.").finishes();
        chat.awaitDone("Yes.");
        ada.patter().database().lengthen(chat.conversation(), 250);
        chat.page().reload();
        assertEquals(60, messages(chat));
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);

        for (int before = 60; before < 502; before = messages(chat)) {
            int known = before;
            chat.evaluate("() => { document.getElementById('scroll').scrollTop = 700 }");
            chat.evaluate("() => { document.getElementById('scroll').scrollTop = 690 }");
            chat.await("earlier messages", () -> messages(chat), now -> now > known);
        }
        assertEquals(502, messages(chat));
        assertEquals(0, chat.page().locator("#earlier").count());
        assertEquals("First of many.", chat.texts().get(0));
    }

    private static int messages(ChatPage chat) {
        return chat.page().locator(".message").count();
    }

    /** The message that is on the screen, and where on it, in pixels. */
    private static final String FIRST = """
            () => {
              const top = document.getElementById('scroll').getBoundingClientRect().top;
              window.first ??= [...document.querySelectorAll('.message')].find(m => m.getBoundingClientRect().bottom > top);
              return first.getBoundingClientRect().top;
            }
            """;

    @Test
    void whatIsOnTheScreenStaysThereWhenEarlierMessagesCome(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("First of many.");
        model.asked().writes("Yes.").finishes();
        chat.awaitDone("Yes.");
        ada.patter().database().lengthen(chat.conversation(), 100);
        chat.page().reload();
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        chat.evaluate("() => { const s = document.getElementById('scroll'); s.scrollTop = 2.5 * s.clientHeight }");
        chat.await("rest", new Settled(chat), settled -> settled);
        chat.evaluate("() => { const s = document.getElementById('scroll'); s.scrollTop = 2 * s.clientHeight - 10 }");
        double place = number(chat, FIRST);
        chat.await("earlier messages", () -> messages(chat), now -> now > 60);
        chat.await("rest", new Settled(chat), settled -> settled);
        assertEquals(place, number(chat, FIRST), ROUNDING, "what was on the screen moved");
    }

    @Test
    void theReadersPlaceIsFoundAgainAfterAReload(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("First of many.");
        model.asked().writes("Yes.").finishes();
        chat.awaitDone("Yes.");
        ada.patter().database().lengthen(chat.conversation(), 100);
        chat.page().reload();
        chat.await("the end", () -> fromEnd(chat), distance -> distance < 2);
        chat.page().mouse().move(600, 300);
        long oldest = (long) number(chat, "() => Number(document.querySelector('.message').id.slice(1))");
        for (int wheel = 0; wheel < 400 && topMessage(chat) >= oldest; wheel++) {
            chat.page().mouse().wheel(0, -900);
            chat.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        }
        chat.await("rest", new Settled(chat), settled -> settled);
        assertTrue(topMessage(chat) < oldest, "an earlier message is on the screen");
        String seen = seen(chat);
        chat.page().reload();
        chat.await("the same place as " + seen, () -> seen(chat), seen::equals);
    }

    /** Sequence number of the message at the top of the screen. */
    private static long topMessage(ChatPage chat) {
        return Long.parseLong(seen(chat).replaceAll("m(\\d+) .*", "$1"));
    }

    /** The message at the top of the screen and where it is, in steps of ten pixels. */
    private static String seen(ChatPage chat) {
        return (String) chat.evaluate("""
                () => {
                  const top = document.getElementById('scroll').getBoundingClientRect().top;
                  const first = [...document.querySelectorAll('.message')].find(m => m.getBoundingClientRect().bottom > top);
                  return first.id + ' ' + Math.round((first.getBoundingClientRect().top - top) / 10);
                }
                """);
    }

    @Test
    void withoutScriptsOneLinkShowsAllMessages(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("First of many.");
        model.asked().writes("Yes.").finishes();
        chat.awaitDone("Yes.");
        ada.patter().database().lengthen(chat.conversation(), 50);
        ChatPage plain =
                ada.visits("c/" + chat.conversation(), new Browser.NewContextOptions().setJavaScriptEnabled(false));
        assertEquals(60, messages(plain));
        plain.page().click("text=Show all earlier messages");
        plain.await("all messages, which arrive in parts", () -> messages(plain), count -> count == 102);
        chat.page().reload();
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            h2           ; ## Chosen words         ; and more\\n\\nA paragraph.
            p            ; Chosen words            ; and **more\\nthan** that.\\n\\nA paragraph.
            ul > li p    ; - Chosen words          ; and more\\n- next\\n  - deeper\\n\\nA paragraph.
            ol > li p    ; 1. Chosen words         ; and more\\n2. next\\n\\n   more of it\\n\\nA paragraph.
            blockquote p ; > Chosen words          ; and more\\n> - next\\n\\nA paragraph.
            pre code     ; ```java\\nChosen words ; and more\\n\\nnext\\n```\\n\\nA paragraph.
            td           ; | a |\\n|---|\\n| Chosen words | ; \\n| next | more |\\n| last |\\n\\nA paragraph.
            """)
    void aSelectionSurvivesInEveryKindOfBlock(String element, String begin, String rest, Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("Write.");
        Telling answer = model.asked().writes(unescaped(begin) + " ");
        chat.await("the words", chat::answer, text -> text.contains("Chosen words"));
        assertEquals(
                "Chosen",
                chat.evaluate("() => { const element = document.querySelector('.assistant .body > .text "
                        + element + "'); const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);"
                        + " const text = texts.nextNode(); getSelection().setBaseAndExtent(text, 0, text, 6);"
                        + " return String(getSelection()) }"));
        for (String piece : unescaped(rest).split("(?<=\\G.{3})")) {
            answer.writes(piece);
        }
        answer.finishes();
        chat.awaitState("done");
        assertEquals("Chosen", chat.evaluate("() => String(getSelection())"));
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n");
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
