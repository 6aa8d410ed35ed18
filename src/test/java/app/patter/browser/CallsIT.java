package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.Calling;
import app.patter.server.Everything;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls of tools as people see them, in real Chromium. */
@ExtendWith(Browsers.class)
class CallsIT {

    @Test
    void reasoningTwoCallsAtOnceAndTextComeInTheirOrder(Person ada, Teller model) {
        ChatPage chat = ada.begins().ask("What is 6*7, and what time is it?");
        Telling first = model.asked().thinks("I need two tools.").writes("Let me see.\n\n");
        first.sends(Calling.delta(0, "sum", "calculator", "{\"expression\":"));
        chat.await("the card", () -> texts(chat, ".call .what"), List.of("Calculator")::equals);
        chat.await(
                "what has come of the arguments",
                () -> texts(chat, ".call .arguments"),
                List.of("{\"expression\":")::equals);
        assertEquals("using tools", chat.phase());
        first.sends(Calling.delta(0, "", "", "\"6*7\"}"));
        first.calls(1, "time", "current_time", "{\"zone\":\"UTC\"}");
        chat.await("both cards", () -> texts(chat, ".call .what"), List.of("Calculator", "Current time")::equals);
        chat.await("they run", () -> statuses(chat), List.of("running", "running")::equals);
        assertEquals("true", chat.evaluate("() => String([...document.querySelectorAll('.call')].every(c => c.open))"));
        first.finishesWithCalls();

        Telling second = model.asked();
        assertTrue(second.question().contains("\"tool_call_id\":\"sum\""), second.question());
        second.writes("It is 42.");
        chat.awaitAnswer("Let me see.It is 42.");
        chat.await("they are done", () -> statuses(chat), List.of("done", "done")::equals);
        assertEquals("false", chat.evaluate("() => String([...document.querySelectorAll('.call')].some(c => c.open))"));
        second.finishes();
        chat.awaitState("done");
        assertEquals(
                List.of("reasoning", "text", "call", "call", "text"),
                chat.evaluate("() => [...document.querySelector('.message.assistant .body').children]"
                        + ".map(e => e.classList[0])"));
        chat.page().click(".call:nth-of-type(2) summary");
        assertEquals("42", texts(chat, ".call .output").get(0));
        assertFalse(chat.answer().contains("expression"), "arguments never leak into the text");
        chat.picture("calls-done");
        String live = chat.page().innerHTML(".message.assistant .body");
        chat.page().reload();
        chat.page().waitForSelector(".call.seen");
        assertEquals(stripped(live), stripped(chat.page().innerHTML(".message.assistant .body")));
    }

    private static String stripped(String html) {
        return html.replaceAll(" open=\"\"", "")
                .replaceAll(">\\s+<", "><")
                .replaceAll(" class=\"text \"", " class=\"text\"");
    }

    @Test
    void aCallWaitsForPermissionAlsoWhileTheServerIsAway(Person person, LivePatter live) {
        person.tolerates("net::ERR_|status of (404|500|503)"); // while the server starts, Patter is not there yet
        Teller model = live.teller();
        Person ada = person.visiting(live);
        ChatPage tools = ada.visits("tools");
        tools.page().click("[aria-label='Ask every time: Calculator']");
        tools.page().waitForSelector("[aria-label='Ask every time: Calculator'][aria-pressed=true]");
        tools.picture("tools");

        ChatPage chat = ada.begins().ask("Calculate.");
        Telling first = model.asked();
        first.calls(0, "sum", "calculator", "{\"expression\":\"2^10\"}").finishesWithCalls();
        chat.page().waitForSelector(".approval");
        chat.awaitState("waiting");
        assertEquals(List.of("waiting"), statuses(chat));
        chat.picture("calls-waiting");

        live.server().kill();
        chat.awaitStatus("Reconnecting…");
        live.server().start();
        chat.awaitLong("the page is connected", chat::status, String::isEmpty);
        chat.page().click("text=Allow once");
        Telling second = model.asked();
        assertTrue(second.question().contains("1024"), second.question());
        second.writes("It is 1024.").finishes();
        chat.awaitDone("It is 1024.");
        assertEquals(List.of("done"), statuses(chat));

        chat.ask("Once more, without scripts");
        model.asked().calls(0, "more", "calculator", "{\"expression\":\"3*3\"}").finishesWithCalls();
        chat.page().waitForSelector(".approval");
        ChatPage plain =
                ada.visits("c/" + chat.conversation(), new Browser.NewContextOptions().setJavaScriptEnabled(false));
        plain.page().click("text=Deny");
        Telling third = model.asked();
        assertTrue(third.question().contains("did not allow"), third.question());
        third.writes("Then not.").finishes();
        chat.awaitDone("Then not.");
        assertEquals(List.of("done", "refused"), statuses(chat));
        plain.page().context().close();
        chat.verify();
        chat.page().close();
        tools.page().reload();
        tools.page().click("[aria-label='Allow Calculator']");
        tools.page().waitForSelector("[aria-label='Allow Calculator'][aria-pressed=true]");
        tools.page().close();
    }

    /** Adds a server whose tools may be called; the page of tools. */
    private static Page adds(Person ada, String name, Everything everything) {
        Page form = ada.visits("tools/servers").page();
        form.fill("#name", name);
        form.fill("#address", everything.address());
        form.check("input[name=permission][value=ALLOW]");
        form.click("button.send");
        form.waitForSelector("section[aria-label='" + name + "'] li:has-text('Long Running')");
        return form;
    }

    private static void removes(Page form, String name) {
        form.click("[aria-label='Edit " + name + "']");
        form.click("text=Remove this server");
        form.click(".sure .danger");
        form.waitForCondition(
                () -> form.locator("section[aria-label='" + name + "']").count() == 0
                        && form.locator("section[aria-label='Built in']").count() == 1);
        form.context().close();
    }

    @Test
    void stopEndsACallThatRunsAndProgressIsSeenBefore(Person person, LivePatter live) {
        try (Everything everything = Everything.start()) {
            Teller model = live.teller();
            Person ada = person.visiting(live);
            Page form = adds(ada, "Everything", everything);

            ChatPage chat = ada.begins().ask("Take your time.");
            model.asked()
                    .calls(0, "long", "everything_trigger-long-running-operation", "{\"duration\":30,\"steps\":60}")
                    .finishesWithCalls();
            chat.await("progress", () -> String.join("", texts(chat, ".call .phase")), told -> told.contains(" of 60"));
            chat.await(
                    "seconds",
                    () -> String.join("", texts(chat, ".call .time")),
                    told -> told.matches(", [1-9]\\d* s"));
            chat.picture("calls-running");
            chat.stop();
            chat.awaitState("stopped");
            assertEquals(List.of("unfinished"), statuses(chat));
            chat.ask("And now?");
            Telling next = model.asked();
            assertTrue(next.question().contains("And now?"), next.question());
            next.writes("Nothing.").finishes();
            chat.awaitDone("Nothing.");
            assertEquals(2, model.questions(), "the model was not asked again about what was stopped");
            removes(form, "Everything");
        }
    }

    @Test
    void aPersonDecidesWhileAnotherCallRunsAndOtherTabsSeeIt(Person person, LivePatter live) {
        try (Everything everything = Everything.start()) {
            Teller model = live.teller();
            Person ada = person.visiting(live);
            Page form = adds(ada, "Slow", everything);
            form.click("[aria-label='Ask every time: Calculator']");
            form.waitForSelector("[aria-label='Ask every time: Calculator'][aria-pressed=true]");

            ChatPage chat = ada.begins().ask("Take your time, and calculate.");
            model.asked()
                    .calls(0, "slow", "slow_trigger-long-running-operation", "{\"duration\":60,\"steps\":600}")
                    .calls(1, "sum", "calculator", "{\"expression\":\"2^10\"}")
                    .finishesWithCalls();
            chat.page().waitForSelector(".approval");
            chat.await("one runs, one asks", () -> statuses(chat), List.of("running", "waiting")::equals);
            chat.picture("calls-asking");
            ChatPage other = ada.visits("c/" + chat.conversation());
            other.await("the same", () -> statuses(other), List.of("running", "waiting")::equals);
            other.page().click("text=Allow once");
            for (ChatPage page : List.of(other, chat)) {
                page.await("it is done", () -> statuses(page), List.of("running", "done")::equals);
                assertEquals(0, page.page().locator(".approval").count());
            }
            assertTrue(texts(chat, ".call .output").contains("1024"), texts(chat, ".call .output")::toString);
            chat.stop();
            chat.awaitState("stopped");
            assertEquals(List.of("unfinished", "done"), statuses(chat));
            other.page().context().close();
            form.reload();
            form.click("[aria-label='Allow Calculator']");
            form.waitForSelector("[aria-label='Allow Calculator'][aria-pressed=true]");
            removes(form, "Slow");
        }
    }

    @Test
    void theProviderChangesInTheMiddleOfAConversation(Person person, LivePatter live) {
        Teller model = live.teller();
        AtomicReference<String> told = new AtomicReference<>("");
        live.model().path("/v1/messages", answer -> {
            told.set(answer.request().body());
            answer.stream()
                    .piece(anthropic("message_start", "\"message\":{\"id\":\"m\",\"usage\":{\"input_tokens\":1}}"))
                    .piece(anthropic(
                            "content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"))
                    .piece(anthropic(
                            "content_block_delta",
                            "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"I am another.\"}"))
                    .piece(anthropic("content_block_stop", "\"index\":0"))
                    .piece(anthropic("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"}"))
                    .piece(anthropic("message_stop", ""))
                    .end();
        });
        live.model().path("/v1/models?limit=1000", answer -> answer.status(200, "{\"data\":[{\"id\":\"claude\"}]}"));
        Person ada = person.visiting(live);
        Page form = ada.visits("models/servers").page();
        form.fill("#name", "Other");
        form.selectOption("#dialect", "anthropic");
        form.fill("#address", live.model().base().toString());
        form.click("text=Add server");
        form.waitForSelector("section[aria-label='Other'] li");

        ChatPage chat = ada.begins().choose(Teller.MODEL).ask("Calculate 2*3.");
        model.asked().calls(0, "c1", "calculator", "{\"expression\":\"2*3\"}").finishesWithCalls();
        model.asked().writes("Six.").finishes();
        chat.awaitDone("Six.");
        chat.choose("other/claude").ask("And you?");
        chat.awaitDone("I am another.");
        assertTrue(told.get().contains("\"tool_use\""), told.get());
        assertTrue(told.get().contains("\"tool_result\""), told.get());
        chat.choose(Teller.MODEL).ask("Back again.");
        Telling back = model.asked();
        assertTrue(back.question().contains("I am another."), back.question());
        back.writes("Yes.").finishes();
        chat.awaitDone("Yes.");
        form.click("[aria-label='Edit Other']");
        form.click("text=Remove this server");
        form.click(".sure .danger");
        form.waitForCondition(() -> form.locator("section[aria-label='Other']").count() == 0
                && form.locator("section.server").count() > 0);
        form.context().close();
    }

    private static String anthropic(String type, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (rest.isEmpty() ? "" : "," + rest) + "}\n\n";
    }

    @Test
    void cardsFitEveryWidth(Person ada, Teller model) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            ChatPage chat = ada.begins(
                    new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(390, 844));
            chat.ask("Calculate something long.");
            model.asked()
                    .calls(
                            0,
                            "long" + scheme,
                            "calculator",
                            "{\"expression\":\"" + "12345678901234567890+".repeat(20) + "1\"}")
                    .finishesWithCalls();
            model.asked().writes("Done.").finishes();
            chat.awaitDone("Done.");
            chat.page().click(".call summary");
            chat.picture("calls-phone-" + scheme);
            assertTrue((Boolean) chat.evaluate(
                    "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(ChatPage chat, String selector) {
        return (List<String>)
                chat.evaluate("() => [...document.querySelectorAll('" + selector + "')].map(e => e.textContent)");
    }

    @SuppressWarnings("unchecked")
    private static List<String> statuses(ChatPage chat) {
        return (List<String>) chat.evaluate("() => [...document.querySelectorAll('.call')].map(e => e.dataset.status)");
    }
}
