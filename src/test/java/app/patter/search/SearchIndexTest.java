package app.patter.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.Role;
import app.patter.conversation.SearchText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.store.LockObtainFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchIndexTest {

    private static final UUID OWNER = new UUID(1, 1);
    private static final OffsetDateTime NOON = OffsetDateTime.of(2026, 1, 31, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final long SEED = Long.getLong("patter.test.seed", 20_261_130);

    @TempDir
    private Path folder;

    private SearchIndex index;
    private long numbers;

    @BeforeEach
    void open() throws IOException {
        index = SearchIndex.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private SearchText.Text text(UUID conversation, Role role, OffsetDateTime created, String text) {
        String model = role == Role.USER ? null : "openai/gpt-4o-mini";
        return new SearchText.Text(conversation, new UUID(7, ++numbers), numbers, role, model, created, text);
    }

    private UUID put(UUID owner, String title, String... said) throws IOException {
        UUID conversation = new UUID(9, ++numbers);
        List<SearchText.Text> texts = new ArrayList<>();
        for (String one : said) {
            texts.add(text(conversation, texts.isEmpty() ? Role.USER : Role.ASSISTANT, NOON, one));
        }
        index.put(new SearchText.Changed(conversation, owner, title, 1, texts));
        return conversation;
    }

    private List<SearchIndex.Hit> find(String query) throws IOException {
        return index.find(SearchQuery.of(query, OWNER), 100);
    }

    @ParameterizedTest
    @CsvSource({
        "Die Größe der Straße, GROSSE",
        "Die Größe der Straße, größe",
        "Où est le café?, cafe",
        "naïve façade, Façade",
        "Где находится библиотека, БИБЛИОТЕКА",
        "今天天气很好, 天气",
        "今天天气很好, 好",
        "東京タワーに行きました, タワー",
        "東京タワーに行きました, 行きました",
        "한국어를 공부합니다, 공부",
        "An uninterrupted stream, uninter",
        "An uninterrupted stream, stream uninterrupted",
        "An uninterrupted stream, \"uninterrupted stream\"",
        "call foo_bar(42), foo_bar",
        "the class java.util.List, java.util.List",
    })
    void aWordIsFoundAsPeopleWriteIt(String text, String query) throws IOException {
        put(OWNER, "title", "nothing of it", text);
        assertEquals(1, find(query).size());
    }

    @ParameterizedTest
    @CsvSource({
        "An uninterrupted stream, \"stream uninterrupted\"",
        "An uninterrupted stream, uninter stream",
        "An uninterrupted stream, stream -uninterrupted",
        "An uninterrupted stream, stream brook",
        "今天天气很好, 气天",
    })
    void whatIsNotThereIsNotFound(String text, String query) throws IOException {
        put(OWNER, "title", text);
        assertEquals(List.of(), find(query));
    }

    @Test
    void aTitleIsFoundAndLeadsToTheConversation() throws IOException {
        UUID conversation = put(OWNER, "Plans for the garden", "hello");
        assertEquals(List.of(new SearchIndex.Hit(conversation, null)), find("garden"));
    }

    @Test
    void nobodyFindsWhatIsNotTheirs() throws IOException {
        put(new UUID(1, 2), "secret plans", "secret words");
        assertEquals(List.of(), find("secret"));
        assertEquals(List.of(), find("from:me"));
    }

    @Test
    void conditionsNarrowDownWhatIsFound() throws IOException {
        put(OWNER, "title", "apples", "apples too");
        assertEquals(2, find("apples").size());
        assertEquals(1, find("apples from:me").size());
        assertEquals(1, find("-from:me apples").size());
        assertEquals(1, find("model:gpt-4o apples").size());
        assertEquals(1, find("model:OpenAI/gpt apples").size());
        assertEquals(0, find("model:claude apples").size());
        assertEquals(2, find("after:2026-01-31 apples").size());
        assertEquals(0, find("after:2026-02-01 apples").size());
        assertEquals(2, find("before:2026-02-01 apples").size());
        assertEquals(0, find("before:2026-01-31 apples").size());
        assertEquals(1, find("from:me").size());
    }

    @ParameterizedTest
    @CsvSource({"*", "\"", "-", "--", "from:", "before:yesterday", "(((", "AND", "a:b:c", "~1", "\\", "-\"", "from:you"
    })
    void whateverIsTypedIsNoError(String query) throws IOException {
        put(OWNER, "title", "text");
        assertEquals(List.of(), find(query));
    }

    @Test
    void nothingButBlanksAsksForNothing() {
        assertTrue(SearchQuery.of("  ", OWNER).isEmpty());
        assertTrue(SearchQuery.of("-", OWNER).isEmpty());
    }

    @Test
    void aTextThatGrewIsThereOnce() throws IOException {
        UUID conversation = put(OWNER, "title", "first");
        SearchText.Text grows = text(conversation, Role.ASSISTANT, NOON, "beginning");
        index.put(new SearchText.Changed(conversation, OWNER, "title", 2, List.of(grows)));
        SearchText.Text grown = new SearchText.Text(
                conversation,
                grows.message(),
                grows.sequence(),
                grows.role(),
                grows.model(),
                NOON,
                "beginning and end");
        index.put(new SearchText.Changed(conversation, OWNER, "renamed", 3, List.of(grown)));
        assertEquals(1, find("beginning").size());
        assertEquals(1, find("end").size());
        assertEquals(0, find("title").size());
        assertEquals(1, find("renamed").size());
        assertEquals(
                Map.of(conversation, new SearchIndex.Known(3, OWNER)),
                index.known(List.of(conversation, new UUID(3, 3))));
        assertEquals(3, index.size());
    }

    @Test
    void whatIsRemovedIsGone() throws IOException {
        UUID conversation = put(OWNER, "title", "words", "more words");
        index.remove(conversation);
        assertEquals(0, index.size());
        assertEquals(Map.of(), index.known(List.of(conversation)));
    }

    @Test
    void twoProcessesCannotWriteTheSameIndex() {
        assertThrows(LockObtainFailedException.class, () -> SearchIndex.open(folder));
    }

    @Test
    void whatWasCommittedIsThereAfterwards() throws IOException {
        UUID conversation = put(OWNER, "title", "kept");
        index.close();
        index = SearchIndex.open(folder);
        assertEquals(1, find("kept").size());
        assertEquals(Map.of(conversation, 1L), index.revisions());
    }

    /** Whatever was done in whatever order, it holds what an index made at once holds. */
    @Test
    void anIndexAfterManyChangesEqualsAFreshOne() throws IOException {
        Random random = new Random(SEED);
        Map<UUID, SearchText.Changed> truth = new HashMap<>();
        List<UUID> known = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            UUID conversation = known.isEmpty() || random.nextInt(4) == 0
                    ? new UUID(9, ++numbers)
                    : known.get(random.nextInt(known.size()));
            if (random.nextInt(6) == 0) {
                index.remove(conversation);
                truth.remove(conversation);
                known.remove(conversation);
                continue;
            }
            SearchText.Changed before = truth.get(conversation);
            List<SearchText.Text> all = before == null ? new ArrayList<>() : new ArrayList<>(before.texts());
            SearchText.Text added = text(conversation, Role.USER, NOON, "word" + random.nextInt(20));
            all.add(added);
            long revision = before == null ? 1 : before.revision() + 1;
            String title = "title" + random.nextInt(20);
            index.put(new SearchText.Changed(conversation, OWNER, title, revision, List.of(added)));
            truth.put(conversation, new SearchText.Changed(conversation, OWNER, title, revision, all));
            known.remove(conversation);
            known.add(conversation);
            if (random.nextInt(50) == 0) {
                index.close();
                index = SearchIndex.open(folder);
            }
        }
        Path other = folder.resolveSibling(folder.getFileName() + "-fresh");
        try (SearchIndex fresh = SearchIndex.open(other)) {
            for (SearchText.Changed changed : truth.values()) {
                fresh.put(changed);
            }
            assertNotEquals(0, fresh.size(), "seed " + SEED);
            assertEquals(fresh.size(), index.size(), "seed " + SEED);
            assertEquals(fresh.revisions(), index.revisions(), "seed " + SEED);
            for (int word = 0; word < 20; word++) {
                for (String query : List.of("word" + word + " -x", "title" + word + " -x")) {
                    SearchQuery wanted = SearchQuery.of(query, OWNER);
                    Set<SearchIndex.Hit> expected = new HashSet<>(fresh.find(wanted, 1_000));
                    assertEquals(expected, new HashSet<>(index.find(wanted, 1_000)), query + ", seed " + SEED);
                }
            }
        }
    }
}
