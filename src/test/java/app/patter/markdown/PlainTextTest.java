package app.patter.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.patter.fixture.Seed;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.RepeatedTest;

class PlainTextTest {

    private static final String[] PIECES = {
        "<",
        ">",
        "&",
        "&amp;",
        "\"",
        "'",
        "\n",
        "\r",
        "\r\n",
        " ",
        "\t",
        "<script>",
        "</div>",
        "x",
        "é",
        "\uD83C\uDF0D",
        "-->"
    };

    @RepeatedTest(200)
    void anyTextInAnyPiecesIsShownExactlyAndAsNothingButText(@Seed Random random) {
        StringBuilder text = new StringBuilder();
        StringBuilder html = new StringBuilder();
        for (int piece = random.nextInt(60); piece > 0; piece--) {
            String next = PIECES[random.nextInt(PIECES.length)];
            text.append(next);
            html.append(PlainText.html(next));
        }
        assertEquals(PlainText.html(text.toString()), html.toString());
        assertFalse(html.toString().contains("\n") || html.toString().contains("\r"));
        Element shown =
                Jsoup.parseBodyFragment("<div>" + html + "</div>").body().child(0);
        assertEquals(0, shown.children().size());
        assertEquals(text.toString(), shown.wholeText());
    }
}
