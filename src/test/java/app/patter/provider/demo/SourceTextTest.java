package app.patter.provider.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextTest {

    private static List<String> texts(String text) {
        return SourceText.of("a text", true, text).sentences().stream()
                .map(SourceText.Sentence::text)
                .toList();
    }

    @Test
    void abbreviationsEndNoSentenceHoweverManyStoodBefore() {
        assertEquals(
                List.of("Dr. No met Prof. X, e.g. at sea.", "He left."),
                texts("Dr. No met Prof. X, e.g. at sea. He left."));
        String many = "Dr. ".repeat(200) + "No came. She left.";
        assertEquals(2, texts(many).size());
    }

    @Test
    void headingsAndRowsAreReadWithoutTheirMarks() {
        List<SourceText.Sentence> found = SourceText.of(
                        "a text", true, "## Tides ##\n\n| Port | Range |\n|---|---|\n| Jade | 3.8 m |")
                .sentences();
        assertEquals(
                List.of("Port · Range", "Jade · 3.8 m"),
                found.stream().map(SourceText.Sentence::text).toList());
        assertEquals("Tides", found.get(0).section());
    }

    @Test
    void nothingOfALongLineIsLost() {
        String words = "word ".repeat(3_000).strip();
        assertEquals(words, texts(words).stream().collect(Collectors.joining(" ")));
        String globes = "\uD83C\uDF0D".repeat(3_001);
        assertEquals(
                globes,
                texts("x" + globes).stream()
                        .collect(Collectors.joining())
                        .substring(1)
                        .replace(" ", ""));
    }

    /** With time that grows by the square these would take minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# a{ }x", "|{ }x", "{ }|x", "{a. }x", "{Dr. }", "# {#}x", "{- }x", "{|}x", "{*_}x", "{1) }", "{`}x"
            })
    void whateverIsPastedTakesLinearTime(String pattern) {
        int open = pattern.indexOf('{');
        int close = pattern.indexOf('}');
        String repeated = pattern.substring(open + 1, close);
        String hostile = pattern.substring(0, open)
                + repeated.repeat(1_000_000 / repeated.length())
                + pattern.substring(close + 1);
        assertFalse(texts(hostile + "\n\nThe end.").isEmpty());
    }
}
