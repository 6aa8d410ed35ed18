package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deleting messages and bringing them back, without scripts and as htmx does; other pages follow. */
@ExtendWith(SharedPatter.class)
class DeletionIT {

    private static final String MODEL = SharedPatter.AS_ASKED;
    private static final String WORDS = " [words-3-at-900]";

    private static Person person;

    @BeforeAll
    static void logIn() {
        person = SharedPatter.person();
    }

    /** A conversation in which these were asked one after the other. */
    private static Talk asked(String... questions) {
        Talk talk = person.begin(questions[0] + WORDS, MODEL);
        awaitEnd(talk);
        for (int at = 1; at < questions.length; at++) {
            talk.send(questions[at] + WORDS, MODEL).expect(204);
            awaitEnd(talk);
        }
        return talk;
    }

    private static void awaitEnd(Talk talk) {
        Until.holds("the answer ends", () -> !talk.shown().active());
    }

    private static List<String> questions(Document page) {
        return page.select(".message.user .text").eachText().stream()
                .map(text -> text.replace(WORDS, ""))
                .toList();
    }

    private static UUID id(Document page, int at) {
        return UUID.fromString(page.select("article.message").get(at).attr("data-id"));
    }

    private static Reply delete(Talk talk, UUID message, String scope, String... headers) {
        return person.post(talk.path() + "/messages/" + message + "/deletion", Map.of("scope", scope), headers);
    }

    /** What the model was asked last. */
    private static String lastAsked() {
        List<LoopbackModel.Request> all = SharedPatter.model().requests();
        return all.get(all.size() - 1).body();
    }

    private static String undo(Reply deleted) {
        return deleted.html().expectFirst("form.undo").attr("action");
    }

    @Test
    void anExchangeGoesFromEveryPageAndComesBack() {
        Talk talk = asked("first", "second", "third");
        UUID second = id(talk.page(), 2);
        Shown whole = talk.shown();
        try (EventReader reader = talk.follow().connect()) {
            Reply deleted =
                    delete(talk, second, "exchange", "HX-Request", "true").expect(200);
            assertEquals(List.of("first", "third"), questions(talk.page()));
            Shown rest = talk.shown();
            Until.holds("the other page follows", () -> reader.shown().equals(rest));
            assertEquals(List.of(), reader.misses());

            person.post(undo(deleted), Map.of(), "HX-Request", "true").expect(200);
            assertEquals(whole, talk.shown());
            Until.holds("the other page fetches itself", () -> reader.misses().equals(List.of("true reload")));
        }
        assertEquals(List.of("first", "second", "third"), questions(talk.page()));
    }

    @Test
    void aModelIsNotToldWhatWasDeleted() {
        Talk talk = asked("first", "second");
        delete(talk, id(talk.page(), 0), "exchange").expect(303);
        assertEquals(List.of("second"), questions(talk.page()));
        talk.send("third" + WORDS, MODEL).expect(204);
        awaitEnd(talk);
        String asked = lastAsked();
        assertTrue(asked.contains("second") && asked.contains("third") && !asked.contains("first"), asked);
    }

    @Test
    void aBranchGoesWithAllThatFollowsAndComesBackWithoutScripts() {
        Talk talk = asked("first", "second", "third");
        Document page = talk.page();
        Element link = page.select("article.message").get(3).selectFirst("a[href*=/deletion]");
        Document form = person.get(link.attr("href")).expect(200).html();
        assertEquals(2, form.select("button[name=scope]").size());
        Reply deleted = delete(talk, id(page, 3), "branch").expect(303);
        Document after =
                person.get(deleted.header("Location").orElse("")).expect(200).html();
        assertEquals(List.of("first", "second"), questions(after));
        assertEquals(3, after.select("article.message").size());
        Element undo = after.expectFirst("form.undo");
        person.post(undo.attr("action"), Map.of()).expect(303);
        assertEquals(List.of("first", "second", "third"), questions(talk.page()));
        Reply again = person.post(undo.attr("action"), Map.of());
        assertEquals(410, again.status());
        assertTrue(again.html().text().contains("can no longer be undone"));
    }

    @Test
    void whatIsLeftOfVersionsIsShownAndTheLinkOfADeletedOneSaysSo() {
        Talk talk = asked("first");
        UUID answer = id(talk.page(), 1);
        talk.press(answer, "retry").expect(204);
        awaitEnd(talk);
        UUID other = id(talk.page(), 1);
        try (EventReader reader = talk.follow(answer).connect()) {
            Reply deleted = person.post(
                            talk.path() + "/messages/" + other + "/deletion",
                            Map.of("scope", "branch", "m", other.toString()),
                            "HX-Request",
                            "true")
                    .expect(200);
            String branch = deleted.header("Patter-Branch").orElse("");
            assertTrue(branch.contains("?m=" + id(talk.page(), 0)), branch);
            Until.holds(
                    "it is the only one", () -> reader.texts(".versions span").isEmpty());
            assertEquals(answer, id(talk.page(), 1));
        }
        Reply bookmark = person.get(talk.path() + "?m=" + other);
        assertEquals(410, bookmark.status());
        assertTrue(bookmark.html().text().contains("has been deleted"));
        for (Reply reply : List.of(
                talk.press(other, "retry"),
                talk.press(other, "continuation"),
                delete(talk, other, "branch"),
                talk.branch(other, "after it" + WORDS, MODEL))) {
            assertEquals(410, reply.status());
        }
        assertEquals(3, SharedPatter.database().messages(talk.id()).size());
    }

    @Test
    void aPageOfADeletedBranchShowsWhatIsLeft() {
        Talk talk = asked("first", "second");
        UUID second = id(talk.page(), 2);
        try (EventReader reader = talk.follow(second).connect()) {
            delete(talk, second, "branch").expect(303);
            Until.holds("the rest", () -> reader.shown().equals(talk.shown()));
            talk.send("third" + WORDS, MODEL).expect(204);
            awaitEnd(talk);
            Until.holds("what is sent then", () -> reader.shown().equals(talk.shown()));
            assertEquals(List.of(), reader.misses());
        }
    }

    @Test
    void anAnswerThatIsBeingWrittenEndsWhenItIsDeleted() {
        Talk talk = asked("first");
        talk.send("long [words-2000-at-200]", MODEL).expect(204);
        Until.holds("it is being written", () -> talk.shown().active());
        delete(talk, id(talk.page(), 2), "exchange").expect(303);
        assertFalse(talk.shown().active());
        Until.holds("nobody writes it", () -> SharedPatter.database().messages(talk.id()).stream()
                .noneMatch(row -> Shown.active(row.state().toLowerCase(Locale.ROOT))));
        assertEquals(List.of("first"), questions(talk.page()));
    }

    @Test
    void aConversationMayBecomeEmptyAndBeginAgain() {
        Talk talk = asked("first");
        delete(talk, id(talk.page(), 0), "branch").expect(303);
        assertEquals(List.of(), questions(talk.page()));
        talk.send("second" + WORDS, MODEL).expect(204);
        awaitEnd(talk);
        assertEquals(List.of("second"), questions(talk.page()));
        assertTrue(talk.page().select(".versions").isEmpty());
    }

    @Test
    void nobodyElseDeletesOrBringsBack() {
        Talk talk = asked("first", "second");
        UUID second = id(talk.page(), 2);
        Person other = SharedPatter.person();
        other.post(talk.path() + "/messages/" + second + "/deletion", Map.of("scope", "branch"))
                .expect(404);
        delete(talk, second, "everything").expect(404);
        delete(talk, UUID.randomUUID(), "branch").expect(404);
        Reply deleted = delete(talk, second, "branch", "HX-Request", "true").expect(200);
        other.post(undo(deleted), Map.of()).expect(404);
        person.post(talk.path() + "/messages/deletions/99999/undo", Map.of()).expect(410);
        assertEquals(List.of("first"), questions(talk.page()));
    }

    @Test
    void anotherModelMayAnswerAgain() {
        Talk talk = asked("first");
        UUID answer = id(talk.page(), 1);
        Element link = talk.page().select("article.message").get(1).selectFirst("a[href*=/models]");
        Document menu = person.get(link.attr("href")).expect(200).html();
        assertTrue(menu.select("button[name=model]").eachAttr("value").contains("openai/words-50-at-100"));
        String retry = menu.expectFirst("form").attr("action");
        person.post(retry, Map.of("model", "openai/words-50-at-100")).expect(303);
        awaitEnd(talk);
        assertTrue(talk.page().select(".assistant .name").eachText().get(0).contains("words-50-at-100"));
        Reply unknown = person.post(retry, Map.of("model", "openai/no-such-model"));
        assertEquals(422, unknown.status());
        assertTrue(unknown.html().text().contains("not available any more"));
        assertEquals(3, SharedPatter.database().messages(talk.id()).size());
        assertEquals("2 / 2", talk.page().expectFirst(".versions span").text());
        assertEquals(answer, id(talk.page(answer), 1));
    }
}
