package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Editing questions, without scripts and as htmx does. */
@ExtendWith(SharedPatter.class)
class EditIT {

    private static final String MODEL = SharedPatter.AS_ASKED;

    private static Person person;

    @BeforeAll
    static void logIn() {
        person = SharedPatter.person();
    }

    private static Talk begun(String text) {
        Talk talk = person.begin(text, MODEL);
        awaitEnd(talk);
        return talk;
    }

    private static void awaitEnd(Talk talk) {
        Until.holds("the answer ends", () -> !talk.shown().active());
    }

    private static List<String> questions(Document page) {
        return page.select(".message.user .text").eachText();
    }

    private static UUID id(Document page, int at) {
        return UUID.fromString(page.select("article.message").get(at).attr("data-id"));
    }

    private static Reply post(Talk talk, UUID message, String what, String text, String... headers) {
        return person.post(
                talk.path() + "/messages/" + message + "/" + what, Map.of("text", text, "model", MODEL), headers);
    }

    @Test
    void theFirstQuestionIsAskedOtherwiseInAVersionBesideIt() {
        Talk talk = begun("first [words-3-at-900]");
        talk.send("second [words-3-at-900]", MODEL).expect(204);
        awaitEnd(talk);
        UUID first = id(talk.page(), 0);
        post(talk, first, "versions", "otherwise [words-3-at-900]", "HX-Request", "true")
                .expect(200);
        awaitEnd(talk);
        Document newest = talk.page();
        assertEquals(List.of("otherwise [words-3-at-900]"), questions(newest));
        assertEquals("2 / 2", newest.expectFirst(".user .versions span").text());
        assertEquals(2, newest.select("article.message").size(), "it was not asked again");
        Document old = talk.page(first);
        assertEquals(List.of("first [words-3-at-900]", "second [words-3-at-900]"), questions(old));
        assertEquals("1 / 2", old.expectFirst(".user .versions span").text());
    }

    @Test
    void aLaterQuestionIsAskedOtherwiseWithoutScripts() {
        Talk talk = begun("first [words-3-at-900]");
        talk.send("second\n  [words-3-at-900]", MODEL).expect(204);
        awaitEnd(talk);
        Element second = talk.page().select(".message.user").get(1);
        Element link = second.selectFirst("a[href*=/edit]");
        Document form = person.get(link.attr("href")).expect(200).html();
        assertEquals("second\n  [words-3-at-900]", form.expectFirst("textarea").wholeText());
        Element posted = form.expectFirst("form");
        person.post(
                        posted.attr("action"),
                        Map.of(
                                "text",
                                "instead [words-3-at-900]",
                                "model",
                                MODEL,
                                "message",
                                posted.expectFirst("[name=message]").val()))
                .expect(303);
        awaitEnd(talk);
        assertEquals(List.of("first [words-3-at-900]", "instead [words-3-at-900]"), questions(talk.page()));
    }

    @Test
    void whoEditsOnAnotherBranchIsLedToTheNewVersion() {
        Talk talk = begun("first [words-3-at-900]");
        UUID first = id(talk.page(), 0);
        post(talk, first, "versions", "otherwise [words-3-at-900]").expect(303);
        awaitEnd(talk);
        Document old = person.get(talk.path() + "/messages/" + first + "/edit?m=" + first)
                .expect(200)
                .html();
        assertEquals(first.toString(), old.expectFirst("[name=m]").val());
        Reply sent = person.post(
                talk.path() + "/messages/" + first + "/versions",
                Map.of("text", "third [words-3-at-900]", "model", MODEL, "m", first.toString()));
        String there = sent.expect(303).header("Location").orElse("");
        assertEquals(
                List.of("third [words-3-at-900]"),
                questions(person.get(there).expect(200).html()));
        awaitEnd(talk);
    }

    @Test
    void savingChangesTheWordsAndLeavesTheAnswersOnEveryPage() {
        Talk talk = begun("frist [words-3-at-900]");
        UUID first = id(talk.page(), 0);
        Shown before = talk.shown();
        String longer = "first [words-3-at-900] " + "word ".repeat(700);
        try (EventReader reader = talk.follow().connect()) {
            post(talk, first, "text", longer, "HX-Request", "true").expect(200);
            Until.holds("the other page shows it", () -> reader.shown().text(1).equals(longer));
            post(talk, first, "text", "short").expect(303);
            Until.holds("the other page shows it", () -> reader.shown().text(1).equals("short"));
            assertEquals(List.of(), reader.misses());
        }
        assertEquals("short", talk.shown().text(1));
        assertEquals(before.text(2), talk.shown().text(2));
        assertEquals(2, SharedPatter.database().messages(talk.id()).size());
        assertTrue(talk.page().select(".versions").isEmpty());
    }

    @Test
    void theSameEditSentTwiceCountsOnce() {
        Talk talk = begun("first [words-3-at-900]");
        UUID first = id(talk.page(), 0);
        Map<String, String> form = Map.of(
                "text",
                "otherwise [words-3-at-900]",
                "model",
                MODEL,
                "message",
                UUID.randomUUID().toString());
        for (int i = 0; i < 2; i++) {
            person.post(talk.path() + "/messages/" + first + "/versions", form).expect(303);
        }
        awaitEnd(talk);
        assertEquals(4, SharedPatter.database().messages(talk.id()).size());
    }

    @Test
    void whatCannotBeSentIsGivenBackAndChangesNothing() {
        Talk talk = begun("first [words-3-at-900]");
        UUID first = id(talk.page(), 0);
        String tooLong = "x".repeat(200_001);
        for (String what : List.of("versions", "text")) {
            Document empty = post(talk, first, what, " \n").expect(422).html();
            assertTrue(empty.expectFirst("[role=alert]").text().contains("Write something first"));
            Document much = post(talk, first, what, tooLong).expect(422).html();
            assertTrue(much.expectFirst("[role=alert]").text().contains("Shorten it"));
            assertEquals(tooLong, much.expectFirst("textarea").wholeText());
            Reply fragment = post(talk, first, what, " ", "HX-Request", "true").expect(422);
            assertTrue(fragment.text().contains("Write something first")
                    && !fragment.text().contains("<textarea"));
        }
        assertEquals(List.of("first [words-3-at-900]"), questions(talk.page()));
        assertEquals(2, SharedPatter.database().messages(talk.id()).size());
    }

    @Test
    void onlyOnesOwnQuestionsAreEdited() {
        Talk talk = begun("first [words-3-at-900]");
        Talk elsewhere = begun("elsewhere [words-3-at-900]");
        UUID first = id(talk.page(), 0);
        UUID answer = id(talk.page(), 1);
        Person other = SharedPatter.person();
        for (String what : List.of("versions", "text")) {
            Reply ofAnswer = post(talk, answer, what, "my own answer");
            assertEquals(422, ofAnswer.status());
            assertTrue(ofAnswer.html().text().contains("Only questions can be edited"));
            assertEquals(
                    "my own answer", ofAnswer.html().getElementById("typed").wholeText());
            post(elsewhere, first, what, "elsewhere").expect(404);
            post(talk, UUID.randomUUID(), what, "nothing").expect(404);
            other.post(talk.path() + "/messages/" + first + "/" + what, Map.of("text", "not mine", "model", MODEL))
                    .expect(404);
        }
        person.get(talk.path() + "/messages/" + answer + "/edit").expect(422);
        other.get(talk.path() + "/messages/" + first + "/edit").expect(404);
        assertEquals(2, SharedPatter.database().messages(talk.id()).size());
        assertEquals(2, SharedPatter.database().messages(elsewhere.id()).size());
        Reply afterQuestion = person.post(
                talk.path() + "/messages",
                Map.of("text", "after a question", "model", MODEL, "parent", first.toString()));
        assertEquals(422, afterQuestion.status());
        assertTrue(afterQuestion.html().text().contains("A message follows an answer"));
    }
}
