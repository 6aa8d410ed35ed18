package app.patter.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.Role;
import app.patter.conversation.SearchText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexKeeperTest {

    private static final UUID OWNER = new UUID(1, 1);
    private static final UUID ONE = new UUID(2, 1);
    private static final UUID TWO = new UUID(2, 2);

    @TempDir
    private Path data;

    private final Rows rows = new Rows();
    private final List<IndexKeeper> opened = new ArrayList<>();

    /** A database: for each conversation its messages, the last one being its newest revision. */
    private static final class Rows extends SearchText {

        private final Map<UUID, List<String>> said = new HashMap<>();
        private UUID owner = OWNER;
        private boolean away;

        private void answer() {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
        }

        @Override
        public Map<UUID, Long> revisions() {
            answer();
            return said.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry ->
                    (long) entry.getValue().size()));
        }

        @Override
        public Optional<Changed> since(UUID conversation, long revision) {
            answer();
            List<String> all = said.get(conversation);
            if (all == null) {
                return Optional.empty();
            }
            List<Text> texts = new ArrayList<>();
            for (int i = (int) Math.max(0, revision); i < all.size(); i++) {
                texts.add(new Text(
                        conversation,
                        new UUID(1_000 + conversation.getLeastSignificantBits(), i),
                        i,
                        Role.USER,
                        null,
                        OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                        all.get(i)));
            }
            return Optional.of(new Changed(conversation, owner, "title", all.size(), texts));
        }
    }

    private final AtomicLong now = new AtomicLong(1);

    private void aWhileLater() {
        now.addAndGet(Duration.ofSeconds(20).toNanos());
    }

    private IndexKeeper keeper(Path folder) {
        IndexKeeper keeper = new IndexKeeper(rows, folder, now::get);
        opened.add(keeper);
        return keeper;
    }

    @AfterEach
    void close() {
        opened.forEach(IndexKeeper::close);
    }

    private static int found(IndexKeeper keeper, String words) throws IOException {
        return keeper.find(SearchQuery.of(words + " from:me", OWNER), 100)
                .orElseThrow()
                .size();
    }

    @Test
    void whatIsThereAtTheStartIsFoundAfterOneLook() throws IOException {
        rows.said.put(ONE, List.of("apples", "pears"));
        rows.said.put(TWO, List.of("apples"));
        IndexKeeper keeper = keeper(data);
        keeper.update();
        assertEquals(2, found(keeper, "apples"));
        assertEquals(1, found(keeper, "pears"));
    }

    @Test
    void whatWasMissedIsTakenAtTheNextStart() throws IOException {
        rows.said.put(ONE, List.of("apples"));
        rows.said.put(TWO, List.of("apples"));
        IndexKeeper first = keeper(data);
        first.update();
        first.close();
        rows.said.put(ONE, List.of("apples", "pears"));
        rows.said.remove(TWO);
        IndexKeeper second = keeper(data);
        second.update();
        assertEquals(1, found(second, "apples"));
        assertEquals(1, found(second, "pears"));
    }

    @Test
    void aRestoredBackupTakesBackWhatCameAfterIt() throws IOException {
        rows.said.put(ONE, List.of("apples", "pears", "plums"));
        IndexKeeper first = keeper(data);
        first.update();
        first.close();
        rows.said.put(ONE, List.of("apples"));
        IndexKeeper second = keeper(data);
        second.update();
        assertEquals(1, found(second, "apples"));
        assertEquals(0, found(second, "plums"));
    }

    @Test
    void whatIsGivenToSomebodyElseIsFoundByThem() throws IOException {
        rows.said.put(ONE, List.of("apples", "pears"));
        IndexKeeper first = keeper(data);
        first.update();
        first.close();
        rows.owner = new UUID(1, 2);
        rows.said.put(ONE, List.of("apples", "pears", "plums"));
        IndexKeeper second = keeper(data);
        second.update();
        assertEquals(0, found(second, "apples"));
        assertEquals(
                1,
                second.find(SearchQuery.of("apples", rows.owner), 9)
                        .orElseThrow()
                        .size());
    }

    @Test
    void aDatabaseThatIsAwayForAWhileHidesNothing() throws IOException {
        rows.said.put(ONE, List.of("apples"));
        IndexKeeper keeper = keeper(data);
        rows.away = true;
        assertThrows(IllegalStateException.class, keeper::update);
        rows.away = false;
        keeper.update();
        assertEquals(1, found(keeper, "apples"));
        rows.said.put(ONE, List.of("apples", "pears"));
        keeper.changed(ONE);
        aWhileLater();
        rows.away = true;
        assertThrows(IllegalStateException.class, keeper::update);
        rows.away = false;
        keeper.update();
        assertEquals(1, found(keeper, "pears"));
    }

    @Test
    void anIndexThatCouldNotBeWrittenIsOpenedAgain() throws IOException {
        rows.said.put(ONE, List.of("apples"));
        IndexKeeper keeper = keeper(data);
        keeper.update();
        Path folder = data.resolve("search-1");
        Files.move(folder, data.resolve("away"));
        rows.said.put(ONE, List.of("apples", "pears"));
        keeper.changed(ONE);
        aWhileLater();
        assertThrows(IOException.class, () -> {
            keeper.update();
            found(keeper, "pears");
        });
        keeper.update();
        keeper.update();
        assertEquals(1, found(keeper, "apples"));
        assertEquals(1, found(keeper, "pears"));
    }

    /** What a killed process leaves is what was on the disk at that moment. */
    @Test
    void theIndexOfAKilledProcessIsMended() throws IOException {
        rows.said.put(ONE, List.of("apples"));
        keeper(data).update();
        rows.said.put(TWO, List.of("pears"));
        Path left = data.resolve("left");
        copy(data.resolve("search-1"), left.resolve("search-1"));
        IndexKeeper next = keeper(left);
        next.update();
        assertEquals(1, found(next, "apples"));
        assertEquals(1, found(next, "pears"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void anIndexThatCannotBeReadIsMadeAnew() throws IOException {
        rows.said.put(ONE, List.of("apples"));
        IndexKeeper first = keeper(data);
        first.update();
        first.close();
        try (Stream<Path> files = Files.list(data.resolve("search-1"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, "rubbish");
            }
        }
        IndexKeeper second = keeper(data);
        second.update();
        assertEquals(1, found(second, "apples"));
    }

    @Test
    void aSecondProcessSearchesNothingAndBreaksNothing() throws IOException {
        rows.said.put(ONE, List.of("apples"));
        IndexKeeper first = keeper(data);
        first.update();
        IndexKeeper second = keeper(data);
        second.changed(ONE);
        second.update();
        assertTrue(second.find(SearchQuery.of("apples", OWNER), 1).isEmpty());
        assertEquals(1, found(first, "apples"));
    }

    @Test
    void aLookTakesAPartAndTheNextGoesOn() throws IOException {
        IndexKeeper keeper = keeper(data);
        for (int i = 0; i < 500; i++) {
            rows.said.put(new UUID(4, i), List.of("apples"));
        }
        keeper.update();
        assertEquals(200, found(keeper, "apples") + 100, "a look takes a part"); // at most 100 hits are told
        keeper.update();
        keeper.update();
        assertEquals(
                500,
                keeper.find(SearchQuery.of("apples", OWNER), 1_000)
                        .orElseThrow()
                        .size());
    }
}
