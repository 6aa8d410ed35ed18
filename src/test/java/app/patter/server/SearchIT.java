package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever was said can be found again, by whoever may read it. */
@ExtendWith(SharedPatter.class)
class SearchIT {

    /** A word that no other test writes. */
    private static String word() {
        return "w" + UUID.randomUUID().toString().replace("-", "");
    }

    private static Document search(Person person, String query) {
        return person.get("/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .expect(200)
                .html();
    }

    private static void awaitFound(Person person, String query, int places) {
        Until.holds(
                query + " in " + places + " places",
                () -> search(person, query).select(".results li").size() == places);
    }

    @Test
    void aQuestionIsFoundAndLeadsToItself() {
        Person person = SharedPatter.person();
        String word = word();
        Talk talk = person.begin("Where is <b>" + word + "</b>? [words-3-at-100]", SharedPatter.AS_ASKED);
        awaitFound(person, "\"" + word + "\" from:me", 1);
        Document page = search(person, "\"" + word + "\" from:me");
        assertEquals(List.of(word), page.select(".results mark").eachText());
        assertTrue(page.select(".results b").isEmpty());
        String address = page.expectFirst(".results a").attr("href");
        assertTrue(address.startsWith("/c/" + talk.id() + "?m="), address);
        Document shown = person.get(address.replaceAll("#.*", "")).expect(200).html();
        assertTrue(shown.expectFirst(address.replaceAll(".*#", "#")).text().contains(word), address);
    }

    @Test
    void anAnswerThatIsStillBeingWrittenIsFound() {
        Person person = SharedPatter.person();
        Talk talk = person.begin("Begin [no-done]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("an answer that is found", () -> !search(person, "-from:me model:as-asked")
                    .select(".results li")
                    .isEmpty());
        }
        talk.stop();
    }

    @Test
    void nobodyElseFindsIt() {
        Person person = SharedPatter.person();
        String word = word();
        person.begin(word + " [words-3-at-100]", SharedPatter.AS_ASKED);
        awaitFound(person, word, 1);
        assertEquals(
                0, search(SharedPatter.person(), word).select(".results li").size());
        assertEquals(
                303, Person.stranger(person.base()).get("/search?q=" + word).status());
    }

    @Test
    void whatIsDeletedIsNotFoundFromThatMomentOn() {
        Person person = SharedPatter.person();
        String word = word();
        Talk talk = person.begin(word + " [words-3-at-100]", SharedPatter.AS_ASKED);
        awaitFound(person, word, 1);
        talk.delete().expect(303);
        assertEquals(0, search(person, word).select(".results li").size());
    }

    @Test
    void withoutWordsThePageOnlyAsks() {
        Person person = SharedPatter.person();
        Document page = person.get("/search").expect(200).html();
        assertTrue(page.select("[role=status], .results").isEmpty());
        assertEquals("", page.expectFirst("#q").val());
        assertEquals(
                "nothing <like> this",
                search(person, "nothing <like> this").expectFirst("#q").val());
        assertEquals(
                1, search(person, "nothing like this").select("[role=status]").size());
    }
}
