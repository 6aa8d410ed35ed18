package app.patter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A code and arguments, on their way through the database into words. */
class CodedTextTest {

    private static final CodedText WHERE = new CodedText("error.advice.address-in-settings");

    private static final CodedText REFUSED = new CodedText("error.provider.redirected", "host:1", 302, WHERE)
            .then(new CodedText("error.answer.tried", 3));

    private final Messages messages = Messages.english();

    @Test
    void itsWordsHaveTheArgumentsAndWhatFollows() {
        assertEquals(
                "The address of the model server at host:1 leads elsewhere (302). Set PATTER_MODEL_URL to its final"
                        + " address. Patter has tried 3 times.",
                messages.text(REFUSED));
    }

    @Test
    void jsonKeepsAllOfIt() {
        assertEquals(
                "[\"error.provider.redirected\",\"host:1\",302,[\"error.advice.address-in-settings\"],"
                        + "[[\"error.answer.tried\",3]]]",
                REFUSED.toJson());
        assertEquals(REFUSED, CodedText.of(REFUSED.toJson()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "words", "{}", "[]", "[1]", "[\"a\",{}]"})
    void whatIsNoCodedTextIsRefused(String json) {
        assertThrows(IllegalArgumentException.class, () -> CodedText.of(json));
    }

    @Test
    void rowsFromBeforeThereWereCodesKeepTheirWords() {
        CodedText old = CodedText.stored(null, "It’s {0} broken.");
        assertEquals("It’s {0} broken.", messages.words(old));
        assertEquals(BaseText.OTHER.with("It’s {0} broken."), old);
        assertEquals(REFUSED, CodedText.stored(REFUSED.toJson(), null));
        assertEquals("", messages.words(CodedText.stored(null, null)));
    }

    @Test
    void programsGetTheCodeWithoutItsKind() {
        assertEquals("provider.redirected", REFUSED.code());
    }

    @Test
    void whatAProviderSaysIsNoPattern() {
        assertEquals(
                "The model server at h failed (500): “{0} 'x'”. Try again; if it stays so, look at that server’s log.",
                messages.text(new CodedText("error.provider.server-failed", "h", 500, 7, "{0} 'x'")));
    }

    @Test
    void anEmptyExcerptLeavesNoQuotes() {
        assertEquals(
                "The model server at h takes no more requests now (429).",
                messages.text(new CodedText("error.provider.rate-limited", "h", 0, "")));
    }

    @Test
    void longArgumentsAreShortened() {
        CodedText text = new CodedText("a.b", "x".repeat(9), 1, new CodedText("a.c", "y".repeat(9)));
        assertEquals(
                List.of("xxxx…", 1L, new CodedText("a.c", "yyyy…")),
                text.shortened(5).arguments());
    }

    @Test
    void aCodeOfANewerPatterIsNamed() {
        assertEquals(
                "Something went wrong that only a newer Patter can explain (error.of-tomorrow).",
                messages.text(new CodedText("error.of-tomorrow", "x")));
    }
}
