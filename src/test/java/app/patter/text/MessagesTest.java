package app.patter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.dialect.Dialects;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All texts of the pages stand in one file, and all that stands there is used. */
class MessagesTest {

    private static final Path FILE = Path.of("src/main/resources/app/patter/messages.properties");
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path TEMPLATES = Path.of("webapp/WEB-INF/templates");
    private static final Path SCRIPTS = Path.of("webapp/js");

    /** Families of which Java makes the key. */
    private static final List<String> FAMILIES = List.of("dialect.", "error.speaker.");

    /** A message, with up to one level of expressions as its arguments. */
    private static final Pattern MESSAGE = Pattern.compile("#\\{(?:[^{}]|\\$\\{[^{}]*})*}");

    private static final Pattern KEY = Pattern.compile("#\\{([a-z][a-z0-9.]*)");
    private static final Pattern FAMILY = Pattern.compile("#\\{\\$\\{'([a-z.]+\\.)'");
    private static final Pattern TEXT = Pattern.compile(">([^<>]*\\p{L}[^<>]*)<");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s(?:aria-label|title|placeholder|alt)=\"(?!https?://|\\{)([^\"]*\\p{L}[^\"]*)\"");
    private static final Pattern SHOWN =
            Pattern.compile("(?:th:u?text=\"|(?:aria-label|title|placeholder|data-[a-z-]+)=)([^\"]*)");
    private static final Pattern LITERAL = Pattern.compile("(?<!\\[)'[^']*\\p{Lu}\\p{L}[^']*'|'[^']*\\p{L} [^']*'");

    /** Texts as HTML may hold addresses of Patter's and nothing that people or models write. */
    private static final Pattern AS_HTML = Pattern.compile("th:utext=\"#\\{[a-z.]+(?:\\(([^\"]*)\\))?}\"");

    /** Packages of which people read what they say, in pages, programs or stored answers. */
    private static final List<String> PAGES =
            List.of("account", "admin", "api", "conversation", "model", "ops", "page", "stream", "web");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\"\n]*\\n");
    private static final Pattern END = Pattern.compile("(?m)[;{}](?=(?:[^\"\\n]*\"[^\"\\n]*\")*[^\"\\n]*$)");
    private static final Pattern FOR_OTHERS =
            Pattern.compile("\\bLOG\\b|Exception\\(|@|\\.description\\(|CSP|select |delete |cast\\(");
    private static final Pattern SENTENCE = Pattern.compile("\"(\\p{Lu}[^\"\n]*?\\p{L} \\p{L}{2,}[^\"\n]*)\"");

    /** A name, the title that a conversation is stored with, and what a model is asked in a test of it. */
    private static final Set<String> NO_WORDS = Set.of("LM Studio", "New conversation", "that you are there.");

    private static final Pattern READ_BY_SCRIPT = Pattern.compile("\\btexts\\.([a-zA-Z]+)");

    private final Messages messages = new Messages();

    @Test
    void eachKeyHasATextAndEachTextIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        List<String> families = new ArrayList<>(FAMILIES);
        templates().values().forEach(template -> {
            used.addAll(found(KEY, template));
            families.addAll(found(FAMILY, template));
        });
        codes().forEach(code -> used.addAll(code.keys()));
        Set<String> known = properties().stringPropertyNames();
        Set<String> missing = new TreeSet<>(used);
        missing.removeAll(known);
        assertEquals(Set.of(), missing, "keys without a text");
        Set<String> unused = new TreeSet<>(known);
        unused.removeAll(used);
        unused.removeIf(key -> families.stream().anyMatch(key::startsWith));
        assertEquals(Set.of(), unused, "texts that nothing shows");
    }

    @Test
    void eachDialectHasAName() {
        FAMILIES.forEach(family -> Dialects.ALL.forEach(
                dialect -> assertFalse(messages.text(family + dialect.name()).isEmpty())));
    }

    @Test
    void noTwoCodesShareAText() throws IOException {
        List<String> keys = codes().stream().map(TextCode::key).toList();
        assertEquals(Set.copyOf(keys).size(), keys.size());
    }

    @Test
    void noTemplateHoldsWordsOfItsOwn() throws IOException {
        List<String> words = new ArrayList<>();
        templates().forEach((name, template) -> {
            String rest = MESSAGE.matcher(template).replaceAll("");
            for (String literal : found(TEXT, rest)) {
                if (!literal.strip().equals("Patter")) {
                    words.add(name + ": " + literal.strip());
                }
            }
            found(ATTRIBUTE, rest).forEach(value -> words.add(name + ": " + value));
            for (String expression : found(SHOWN, rest)) {
                LITERAL.matcher(expression).results().forEach(literal -> words.add(name + ": " + literal.group()));
            }
        });
        assertEquals(List.of(), words);
    }

    /** Logs, exceptions and what is said to models excepted. */
    @Test
    void noClassOfAPageHoldsWordsOfItsOwn() throws IOException {
        List<String> words = new ArrayList<>();
        for (String room : PAGES) {
            contents(Path.of("src/main/java/app/patter", room), "*.java").forEach((name, source) -> {
                String code = COMMENT.matcher(source).replaceAll("");
                for (String statement : END.split(code)) {
                    if (!FOR_OTHERS.matcher(statement).find()) {
                        found(SENTENCE, statement).forEach(literal -> words.add(name + ": " + literal));
                    }
                }
            });
        }
        words.removeIf(word -> NO_WORDS.stream().anyMatch(word::endsWith));
        assertEquals(List.of(), words);
    }

    @Test
    void whatIsShownAsHtmlHoldsOnlyAddresses() throws IOException {
        templates().forEach((name, template) -> found(AS_HTML, template)
                .forEach(arguments -> assertTrue(
                        arguments.matches("(\\$\\{links\\.[^{}]*},?)*"), name + " would show as HTML: " + arguments)));
    }

    @Test
    void scriptsReadOnlyTextsThatThePageHas() throws IOException {
        Set<String> given = new TreeSet<>();
        for (String key : properties().stringPropertyNames()) {
            if (key.startsWith("script.")) {
                given.add(key.substring("script.".length()).replace(".", "").toLowerCase(Locale.ROOT));
            }
        }
        Set<String> read = new TreeSet<>();
        for (String script : contents(SCRIPTS, "*.js").values()) {
            found(READ_BY_SCRIPT, script).forEach(name -> read.add(name.toLowerCase(Locale.ROOT)));
        }
        Set<String> byState = Set.of("active", "done", "failed", "interrupted", "stopped", "waiting");
        given.removeAll(byState);
        assertEquals(given, read);
    }

    @Test
    void everyTextIsAPatternWithoutQuotes() throws IOException {
        properties().forEach((key, text) -> assertTrue(!((String) text).contains("'"), key + ": write ’"));
    }

    @Test
    void argumentsStandWhereTheTextHasThem() {
        assertEquals("Move gpt up", messages.text("models.up.label", "gpt"));
        assertEquals("1 model not offered", messages.text("models.unoffered", 1));
        assertEquals("12 models not offered", messages.text("models.unoffered", 12));
        assertEquals("{0} has answered.", messages.text("script.done"), "scripts fill it in");
    }

    @Test
    void aMissingTextIsAnError() {
        String message = assertThrows(MissingResourceException.class, () -> messages.text("no.such.key"))
                .getMessage();
        assertEquals("There is no text for no.such.key.", message);
    }

    /** The constants of all enums that choose texts. */
    private static List<TextCode> codes() throws IOException {
        List<TextCode> codes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : (Iterable<Path>) files.filter(MessagesTest::choosesTexts)::iterator) {
                String name = CLASSES.relativize(file).toString();
                Class<?> found = loaded(
                        name.substring(0, name.length() - ".class".length()).replace(File.separatorChar, '.'));
                if (found.isEnum() && TextCode.class.isAssignableFrom(found)) {
                    Stream.of(found.getEnumConstants()).forEach(constant -> codes.add((TextCode) constant));
                }
            }
        }
        assertTrue(codes.size() > 50, "enums that choose texts");
        return codes;
    }

    /** Whether a class file may be such an enum: loading all of them would take long. */
    private static boolean choosesTexts(Path file) {
        try {
            if (!file.toString().endsWith(".class")) {
                return false;
            }
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return content.contains("app/patter/text/TextCode") && content.contains("java/lang/Enum");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        pattern.matcher(text).results().forEach(match -> {
            if (match.group(1) != null) {
                found.add(match.group(1));
            }
        });
        return found;
    }

    /** The templates by name, without comments, styles and the names of providers. */
    private static Map<String, String> templates() throws IOException {
        Map<String, String> templates = contents(TEMPLATES, "*.html");
        templates.replaceAll((name, template) ->
                template.replaceAll("(?s)<!--.*?-->|<style>.*?</style>|<datalist.*?</datalist>", ""));
        return templates;
    }

    private static Map<String, String> contents(Path folder, String files) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, files)) {
            for (Path file : found) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertTrue(contents.size() > 5, "files in " + folder);
        return contents;
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(FILE)) {
            properties.load(reader);
        }
        return properties;
    }
}
