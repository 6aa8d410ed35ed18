package app.patter.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.search.Excerpts.Piece;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExcerptsTest {

    private final Excerpts excerpts = new Excerpts();

    private List<Piece> of(String text, String query) {
        return excerpts.of(text, SearchQuery.of(query, new UUID(1, 1)).wanted());
    }

    private static List<String> marked(List<Piece> pieces) {
        return pieces.stream().filter(Piece::match).map(Piece::text).toList();
    }

    @Test
    void theWordsThatWereLookedForAreMarked() {
        assertEquals(
                List.of(new Piece("An ", false), new Piece("uninterrupted", true), new Piece(" stream.", false)),
                of("An uninterrupted stream.", "uninter"));
        assertEquals(List.of("Größe", "Straße"), marked(of("Die Größe der Straße.", "strasse grosse -x")));
        assertEquals(List.of("天气"), marked(of("今天天气很好", "天气")));
    }

    @Test
    void aLongTextIsShownAroundItsMatch() {
        String text = "far away. ".repeat(5_000) + "Here is the needle." + " And on and on.".repeat(5_000);
        List<Piece> found = of(text, "needle");
        assertEquals(List.of("needle"), marked(found));
        assertTrue(found.stream().map(Piece::text).collect(Collectors.joining()).length() < 400);
    }

    @Test
    void aTextWithoutSentencesIsCutAroundItsMatch() {
        List<Piece> found = of("x".repeat(3_000) + " needle " + "y".repeat(3_000), "needle");
        assertEquals(List.of("needle"), marked(found));
        assertTrue(found.stream().map(Piece::text).collect(Collectors.joining()).length() < 400);
    }

    @Test
    void withoutWordsTheBeginningIsShown() {
        assertEquals(List.of(new Piece("Hello", false)), of("Hello", "from:me"));
        assertEquals(240, of("z".repeat(1_000), "from:me").get(0).text().length());
        assertEquals(239, of("z".repeat(239) + "😀😀", "from:me").get(0).text().length());
    }

    @Test
    void whatIsShownIsTextAndNoMarkup() {
        assertEquals(
                "<img src=x onerror=alert(1)> needle",
                of("<img src=x onerror=alert(1)> needle", "needle").stream()
                        .map(Piece::text)
                        .collect(Collectors.joining()));
    }
}
