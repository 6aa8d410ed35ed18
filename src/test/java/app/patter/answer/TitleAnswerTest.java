package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.Delta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a model makes of the request for a title, the list stays tidy. */
class TitleAnswerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Gezeiten am Meer                       | Gezeiten am Meer
            "Sleep on the wing."                   | Sleep on the wing
            **Sleep on the wing**                  | Sleep on the wing
            # Title: «Le sommeil des oiseaux»      | Le sommeil des oiseaux
            Titel: „Mauersegler“                   | Mauersegler
            潮の満ち引き                             | 潮の満ち引き
            Is it true?                            | Is it true?
            """)
    void marksAroundATitleAreTakenAway(String said, String title) {
        assertEquals(title, TitleAnswer.title(said));
    }

    @Test
    void onlyTheFirstLineCountsAndThoughtDoesNot() {
        assertEquals("Tides", TitleAnswer.title("<think>\nA title?\n</think>\n\n Tides \n\nI hope you like it."));
        assertEquals("", TitleAnswer.title("<think>never ends"));
        assertEquals("", TitleAnswer.title(" \n\"\"\n"));
    }

    @Test
    void whatTurnsOutToBeReasoningIsNoTitle() {
        List<String> titles = new ArrayList<>();
        TitleAnswer answer = new TitleAnswer(titles::add);
        answer.accept(new Delta.Text("The person wants a title."));
        answer.accept(new Delta.TextWasReasoning());
        answer.accept(new Delta.Text("Tides"));
        answer.accept(new Delta.Finished("stop"));
        assertEquals(List.of("Tides"), titles);
    }

    @Test
    void aLongTitleIsCutBetweenCharacters() {
        String title = TitleAnswer.title("🌍".repeat(100));
        assertEquals(60, title.codePointCount(0, title.length()));
        assertTrue(title.endsWith("🌍…"), title);
        assertEquals("👩‍🚀".repeat(19) + "…", TitleAnswer.title("👩‍🚀".repeat(30)));
    }

    @Test
    void aTitleIsHandedOverOnceItIsComplete() {
        List<String> titles = new ArrayList<>();
        TitleAnswer answer = new TitleAnswer(titles::add);
        answer.accept(new Delta.Reasoning("Let me think of a title."));
        answer.accept(new Delta.Text("Sleep on"));
        answer.accept(new Delta.Text(" the wing"));
        assertEquals(List.of(), titles);
        answer.accept(new Delta.Finished("stop"));
        assertEquals(List.of("Sleep on the wing"), titles);
    }

    @Test
    void aModelThatTalksOnIsCutOffAndNotBelieved() {
        List<String> titles = new ArrayList<>();
        List<String> cancelled = new ArrayList<>();
        TitleAnswer answer = new TitleAnswer(titles::add);
        answer.runs(() -> cancelled.add("cancelled"));
        for (int at = 0; at < 300; at++) {
            answer.accept(new Delta.Text("on and on "));
        }
        assertTrue(!cancelled.isEmpty());
        answer.accept(new Delta.Finished("stop"));
        assertEquals(List.of(), titles);
    }
}
