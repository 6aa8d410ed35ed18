package app.patter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GraphemesTest {

    @Test
    void textIsCutBetweenWhatPeopleSeeAsCharacters() {
        for (String grapheme :
                new String[] {"👩‍🚀", "🇫🇮", "👍🏽", "e\u0301", "1\uFE0F\u20E3", "नि", "한", "\r\n", "x"}) {
            for (int most = grapheme.codePointCount(0, grapheme.length()); most < 40; most++) {
                String cut = Graphemes.beginning(grapheme.repeat(40), most);
                int length = grapheme.codePointCount(0, grapheme.length());
                assertEquals(grapheme.repeat(most / length), cut, grapheme + " " + most);
            }
        }
    }

    @Test
    void textThatIsShortEnoughIsLeftAsItIs() {
        assertEquals("🇫🇮", Graphemes.beginning("🇫🇮", 2));
        assertEquals("", Graphemes.beginning("", 2));
    }

    @Test
    void oneGraphemeThatIsTooLongIsCut() {
        assertEquals("e\u0301\u0301", Graphemes.beginning("e" + "\u0301".repeat(500), 3));
    }

    @Test
    void aStartNeverEndsWithHalfACharacter() {
        assertEquals("a", Graphemes.start("a🌍b", 2));
        assertEquals("a🌍", Graphemes.start("a🌍b", 3));
        assertEquals("a🌍b", Graphemes.start("a🌍b", 4));
    }
}
