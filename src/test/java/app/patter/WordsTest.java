package app.patter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names in the code do not use the words that {@code docs/words.md} refuses. */
class WordsTest {

    private static final Pattern REFUSED = Pattern.compile("`(\\w+)`");
    private static final Pattern NOT_CODE = Pattern.compile(
            "\"\"\"(?s:.*?)\"\"\"|/\\*(?s:.*?)\\*/|//[^\\n]*|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.[^']*)'");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern PART = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])");

    @Test
    void noNameUsesARefusedWord() throws IOException {
        Set<String> refused = refused();
        assertFalse(refused.isEmpty());
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            Matcher name = NAME.matcher(NOT_CODE.matcher(Files.readString(file)).replaceAll(" "));
            while (name.find()) {
                parts(name.group())
                        .filter(refused::contains)
                        .forEach(part -> found.add(part + " in " + name.group() + ", " + file));
            }
        }
        assertEquals("", String.join("\n", found));
    }

    @Test
    void aNameIsReadWordByWord() {
        assertEquals(
                List.of("http", "upstream", "test"), parts("HTTPUpstreamTest").toList());
        assertEquals(List.of("of", "upstream"), parts("OF_UPSTREAM").toList());
        assertEquals(
                List.of("a", "b"),
                NAME.matcher(NOT_CODE.matcher("a /* c */ \"d\\\"e\" b // f").replaceAll(" "))
                        .results()
                        .map(match -> match.group())
                        .toList());
    }

    private static Stream<String> parts(String name) {
        return PART.matcher(name).results().map(part -> part.group().toLowerCase(Locale.ROOT));
    }

    /** The words in the last paragraph of the list, each in backticks. */
    private static Set<String> refused() throws IOException {
        String words = Files.readString(Path.of("docs/words.md"));
        String section = words.substring(words.indexOf("## Refused in names"));
        return REFUSED.matcher(section).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
