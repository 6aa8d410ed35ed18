package app.patter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation says that a test shows is shown by a test, and its links lead somewhere. */
class DocumentationTest {

    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+[a-z](?:Test|IT))(?:\\.(\\w+))?`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private static Map<Path, String> documents() throws IOException {
        Map<Path, String> documents = new HashMap<>();
        for (Path file : files(Path.of("docs"), ".md")) {
            documents.put(file, Files.readString(file));
        }
        for (String name : new String[] {"README.md", "CHANGELOG.md", "THIRD-PARTY.md"}) {
            documents.put(Path.of(name), Files.readString(Path.of(name)));
        }
        return documents;
    }

    private static Set<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Set<Path> found = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(end)).forEach(found::add);
            return found;
        }
    }

    @Test
    void eachTestThatIsNamedExists() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (Path file : files(Path.of("src/test/java"), ".java")) {
            tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
        Set<String> missing = new TreeSet<>();
        int named = 0;
        for (String text : documents().values()) {
            Matcher found = TEST.matcher(text);
            while (found.find()) {
                named++;
                String source = tests.get(found.group(1));
                String method = found.group(2);
                if (source == null || (method != null && !source.contains(" " + method + "("))) {
                    missing.add(found.group());
                }
            }
        }
        assertTrue(named > 50, named + " tests are named");
        assertEquals(Set.of(), missing);
    }

    @Test
    void eachLinkLeadsToAFile() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Map.Entry<Path, String> document : documents().entrySet()) {
            Matcher link = LINK.matcher(document.getValue());
            while (link.find()) {
                if (!Files.exists(document.getKey().resolveSibling(link.group(1)))) {
                    broken.add(document.getKey() + ": " + link.group(1));
                }
            }
        }
        assertEquals(Set.of(), broken);
    }
}
