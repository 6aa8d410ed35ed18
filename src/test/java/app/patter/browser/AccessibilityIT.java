package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everybody can use every page: axe-core finds nothing, the keyboard reaches everything, and answers announce themselves. */
@ExtendWith(Browsers.class)
class AccessibilityIT {

    static final String RICH = """
            # Tides

            The sea rises **twice** a day, *as a rule*; see [the tables](https://example.org/tides "Tables").

            - [x] the moon
            - [ ] the sun
              1. nearer
              2. farther

            > Time and tide wait for no man.

            | Port | Range |
            |:-----|------:|
            | Brest | 7.2 m |
            | Jade  | 3.8 m |

            ```java
            int hours = 12;
            ```

            The force goes with $1/r^3$:

            $$
            F = \\frac{2 G M m r}{d^3}
            $$

            Not so in the Baltic.[^1]

            [^1]: It is nearly closed.

            """;

    private static final String AXE = axe();

    private static String axe() {
        try (InputStream script = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void axeFindsNothingOnAnyPage(Person ada, Teller model) {
        ada.tolerates("status of 404");
        for (Screen screen : Screen.tried()) {
            for (String path : List.of(
                    "",
                    "accounts",
                    "tokens",
                    "conversations",
                    "models",
                    "models/servers",
                    "tools",
                    "tools/servers",
                    "models/settings?model=openai/told",
                    "c/nowhere")) {
                assertAccessible(ada.visits(path, screen.options()), path);
            }
            assertAccessible(ada.loggedOut().visits("login", screen.options()), "login");
            conversation(ada.begins(screen.options()), model);
        }
    }

    @Test
    void axeFindsNothingOnTheFirstPageOfAll(Person somebody) {
        LivePatter live = LivePatter.fresh();
        assertAccessible(somebody.at(live).loggedOut().visits(""), "welcome");
    }

    private static void conversation(ChatPage chat, Teller model) {
        send(chat, "How do tides work?");
        chat.awaitConversation();
        Telling answer = model.asked().thinks("Say it simply.");
        chat.awaitState("thinking");
        chat.last().locator("summary").click();
        assertAccessible(chat, "thinking");
        answer.writes(RICH).writes("And **so");
        chat.await("the text", chat::answer, text -> text.contains("so"));
        assertAccessible(chat, "writing");
        answer.writes("** on.").finishes();
        chat.awaitState("done");
        assertAccessible(chat, "done");
        send(chat, "Calculate it.");
        model.asked().calls(0, "sum", "calculator", "{\"expression\":\"6*7\"}").finishesWithCalls();
        model.asked().writes("Done.").finishes();
        chat.awaitState("done");
        chat.last().locator(".call summary").click();
        assertAccessible(chat, "a call of a tool");
        send(chat, "And now?");
        model.asked().refuses(500, "{\"error\":{\"message\":\"The engine exploded\"}}");
        chat.awaitState("failed");
        assertAccessible(chat, "failed");
    }

    /** By the button: on a phone, Enter begins another line. */
    private static void send(ChatPage chat, String text) {
        chat.page().fill("#text", text);
        chat.page().click(".composer .send");
    }

    private static void assertAccessible(ChatPage chat, String state) {
        chat.page().evaluate(AXE + "; 0");
        Object violations = chat.page().evaluate("""
                () => axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(
                    rule => rule.nodes.map(node => rule.id + ': ' + node.html + ' ' + node.failureSummary)))
                """);
        assertEquals(List.of(), violations, state);
    }

    @Test
    void anAnswerSaysOnceThatItBeginsAndHowItEnds(Person ada, Teller model) {
        ChatPage chat = ada.begins();
        chat.ask("First?");
        model.asked().writes("First.").finishes();
        chat.awaitDone("First.");
        chat.evaluate("() => { window.heard = []; new MutationObserver(() => heard.push("
                + "document.getElementById('announced').textContent)).observe("
                + "document.getElementById('announced'), { childList: true, characterData: true, subtree: true }) }");
        chat.ask("Count.");
        Telling answer = model.asked().thinks("Hm.");
        for (int word = 1; word <= 9; word++) {
            answer.counts(word, word);
            chat.awaitAnswer(Telling.counted(1, word));
            assertEquals("true", chat.last().getAttribute("aria-busy"));
        }
        answer.finishes();
        chat.awaitDone(Telling.counted(1, 9));
        assertEquals(List.of("told is answering.", "told has answered."), heard(chat));
        assertNull(chat.last().getAttribute("aria-busy"));
        chat.ask("Stop.");
        model.asked().counts(1, 1);
        chat.awaitAnswer(Telling.counted(1, 1));
        chat.stop();
        chat.awaitState("stopped");
        assertEquals("told was stopped.", heard(chat).get(3));
    }

    @SuppressWarnings("unchecked")
    private static List<String> heard(ChatPage chat) {
        return (List<String>) chat.evaluate("() => heard");
    }

    @Test
    void theKeyboardReachesEverything(Person ada, Teller model) {
        ChatPage chat = ada.invites("Rosa").begins().ask("How do tides work?");
        model.asked().thinks("Say it simply.").writes(RICH).finishes();
        chat.awaitState("done");
        chat.page().reload();
        chat.awaitComposer();
        chat.evaluate("() => document.activeElement.blur()");
        List<String> reached = new ArrayList<>();
        for (int tab = 0; tab < 60; tab++) {
            chat.page().keyboard().press("Tab");
            reached.add(
                    (String)
                            chat.evaluate(
                                    "() => document.activeElement.tagName + '.' + document.activeElement.className + ' '"
                                            + " + (document.activeElement.textContent || document.activeElement.id).trim().slice(0, 20)"));
        }
        for (String wanted : List.of(
                "A.skip Skip to the message ",
                "A.new + New conversation",
                "BUTTON.link Log out",
                "SUMMARY. Delete",
                "DIV.scroll ",
                "SUMMARY. Thought for",
                "A. the tables",
                "DIV.table Port",
                "PRE. int hours = 12;",
                "BUTTON. Try again",
                "TEXTAREA. text",
                "SELECT. ",
                "BUTTON.send Send")) {
            assertEquals(
                    true,
                    reached.stream().anyMatch(element -> element.startsWith(wanted)),
                    "not reached: " + wanted + " among " + reached);
        }
    }
}
