package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A conversation is a tree: whatever version somebody chooses, its page shows all that follows, now and later. */
@ExtendWith(SharedPatter.class)
class VersionsIT {

    private static final String MODEL = SharedPatter.AS_ASKED;

    private static Person person;

    @BeforeAll
    static void logIn() {
        person = SharedPatter.person();
    }

    /** A conversation whose first answer has ended. */
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

    private static String link(Document page, int at, String rel) {
        return page.select("article.message")
                .get(at)
                .expectFirst(".versions a[rel=" + rel + "]")
                .attr("href");
    }

    @Test
    void aLinkToAVersionLeadsToTheEndOfWhatFollowsIt() {
        Talk talk = begun("first [words-3-at-900]");
        UUID answer = talk.last();
        talk.send("second [words-3-at-900]", MODEL).expect(204);
        awaitEnd(talk);
        talk.press(answer, "retry").expect(204);
        awaitEnd(talk);
        Document newest = talk.page();
        assertEquals(List.of("first [words-3-at-900]"), questions(newest));
        assertEquals("2 / 2", newest.expectFirst(".versions span").text());
        assertEquals("", link(newest, 1, "next"));

        Document old = person.get(link(newest, 1, "prev")).expect(200).html();
        assertEquals(List.of("first [words-3-at-900]", "second [words-3-at-900]"), questions(old));
        assertEquals("1 / 2", old.expectFirst(".versions span").text());
        assertFalse(old.select("main > .banner").isEmpty(), "nothing says that this is another version");
    }

    @Test
    void whatIsSentFromAVersionFollowsItWithoutScripts() {
        Talk talk = begun("first [words-3-at-900]");
        UUID answer = talk.last();
        talk.press(answer, "retry").expect(204);
        awaitEnd(talk);
        Document old = talk.page(answer);
        assertEquals(answer.toString(), old.getElementById("view").val());
        Reply sent = person.post(
                talk.path() + "/messages",
                Map.of(
                        "text",
                        "second [words-3-at-900]",
                        "model",
                        MODEL,
                        "m",
                        old.getElementById("view").val()));
        assertTrue(sent.expect(303).header("Location").orElse("").endsWith(talk.path() + "?m=" + answer));
        Document after = talk.page(answer);
        assertEquals(List.of("first [words-3-at-900]", "second [words-3-at-900]"), questions(after));
        assertEquals(answer, id(after, 1));
    }

    @Test
    void tryingAgainOnAVersionShowsTheNewAnswer() {
        Talk talk = begun("first [words-3-at-900]");
        UUID answer = talk.last();
        Reply again = person.post(
                talk.path() + "/messages/" + answer + "/retry", Map.of("m", answer.toString()), "HX-Request", "true");
        String there = again.expect(204).header("HX-Redirect").orElse("");
        assertTrue(there.contains("?m=") && !there.contains(answer.toString()), there);
        assertEquals(
                "2 / 2",
                person.get(there)
                        .expect(200)
                        .html()
                        .expectFirst(".versions span")
                        .text());
    }

    @Test
    void aVersionBornElsewhereAppearsOnPagesThatShowAnotherOne() {
        Talk talk = begun("first [words-3-at-900]");
        UUID answer = talk.last();
        try (EventReader reader = talk.follow(answer).connect()) {
            talk.press(answer, "retry").expect(204);
            Until.holds("the number of versions", () -> versions(reader).equals(List.of("1 / 2")));
            assertEquals(List.of(), reader.misses());
        }
    }

    @Test
    void theNumberOfVersionsStaysWhileTheNewOneIsWritten() {
        Talk talk = begun("first [words-300-at-900]");
        UUID answer = talk.last();
        try (EventReader reader = talk.follow().connect()) {
            talk.press(answer, "retry").expect(204);
            reader.awaitEnd(3);
            assertTrue(reader.frames().size() > 2, "it was written at once");
            assertEquals(List.of("2 / 2"), versions(reader));
        }
    }

    private static List<String> versions(EventReader reader) {
        return reader.texts(".versions span");
    }

    @Test
    void aBookmarkOfAVersionSurvivesALogIn() {
        Talk talk = begun("first [words-3-at-900]");
        UUID answer = talk.last();
        Person stranger = Person.stranger(person.base());
        String login = stranger.get(talk.path() + "?m=" + answer)
                .expect(303)
                .header("Location")
                .orElse("");
        Element next = stranger.get(login).expect(200).html().expectFirst("input[name=next]");
        assertTrue(next.val().endsWith(talk.path() + "?m=" + answer), next.val());
        Reply in =
                stranger.post("/login", Map.of("name", person.name(), "password", Person.PASSWORD, "next", next.val()));
        assertTrue(in.expect(303).header("Location").orElse("").endsWith(talk.path() + "?m=" + answer));
    }

    @Test
    void aLogInLeadsNowhereElse() {
        for (String next :
                List.of("//evil.example/?m=1", "/\\evil.example", "/c?m=https://evil.example", "/c?\r\nx: y")) {
            Person stranger = Person.stranger(person.base());
            stranger.get("/login").expect(200);
            Reply in =
                    stranger.post("/login", Map.of("name", person.name(), "password", Person.PASSWORD, "next", next));
            assertTrue(in.expect(303).header("Location").orElse("").endsWith("/"), next);
        }
    }
}
