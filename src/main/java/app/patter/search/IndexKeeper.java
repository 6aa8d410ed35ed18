package app.patter.search;

import app.patter.conversation.SearchText;
import app.patter.search.SearchIndex.Hit;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index as the database is. Changes are taken a few seconds after they are told of; and since telling may fail,
 * the revisions of all conversations are compared after the start and every few minutes. So a lost index, a killed
 * process and a restored backup mend themselves. Thread-safe.
 */
final class IndexKeeper {

    private static final Logger LOG = System.getLogger(IndexKeeper.class.getName());

    /** Its number changes with what the index holds. */
    private static final String FOLDER = "search-1";

    /** A text that grows is taken so often at most, in nanoseconds. */
    private static final long REST = TimeUnit.SECONDS.toNanos(3);

    private static final long COMMITTED = TimeUnit.SECONDS.toNanos(10);

    private static final long COMPARED = TimeUnit.MINUTES.toNanos(10);

    /** Conversations that one look takes; the next look goes on. */
    private static final int AT_ONCE = 200;

    private final SearchText texts;
    private final Path folder;
    private final LongSupplier clock;

    /** When each conversation is to be taken that was told of, as {@link System#nanoTime()}. */
    private final Map<UUID, Long> waiting = new ConcurrentHashMap<>();

    /** Null while it could not be opened. Guarded by this. */
    private @Nullable SearchIndex index;

    /** Guarded by this. */
    private boolean refused;

    /** Guarded by this. */
    private long committed;

    /** When all was compared last; guarded by this. */
    private @Nullable Long compared;

    /**
     * @param data  folder in which the index gets one of its own
     * @param clock tells the time as {@link System#nanoTime()} does
     */
    IndexKeeper(SearchText texts, Path data, LongSupplier clock) {
        this.texts = texts;
        this.folder = data.resolve(FOLDER);
        this.clock = clock;
        this.committed = clock.getAsLong();
    }

    /** A conversation has changed; only notes it. */
    void changed(UUID conversation) {
        waiting.putIfAbsent(conversation, clock.getAsLong() + REST);
    }

    /** The best matches, best first; empty if there is no index now. */
    Optional<List<Hit>> find(SearchQuery query, int most) throws IOException {
        SearchIndex opened = opened();
        return opened == null ? Optional.empty() : Optional.of(opened.find(query, most));
    }

    /** Opens it where it is not open, as at the start, and after a disk that was full. */
    private synchronized @Nullable SearchIndex opened() {
        if (index != null && !index.isOpen()) {
            closeIndex();
            compared = null; // what it had not committed is gone
        }
        if (index == null && !refused) {
            index = open();
            refused = index == null;
        }
        return index;
    }

    /** An index that cannot be understood is made anew. */
    private @Nullable SearchIndex open() {
        try {
            return SearchIndex.open(folder);
        } catch (LockObtainFailedException e) {
            LOG.log(Level.WARNING, "Search is off: another Patter uses {0}.", folder);
            return null;
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "The search index cannot be read ({0}); it is made anew.",
                    e.getClass().getSimpleName());
        }
        try {
            delete(folder);
            return SearchIndex.open(folder);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "Search is off: {0} cannot be written ({1}).",
                    folder,
                    e.getClass().getSimpleName());
            return null;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    /** Takes what waits; called every second, by one thread at a time. What fails is taken at the next call. */
    void update() throws IOException {
        SearchIndex opened = opened();
        if (opened == null) {
            waiting.clear();
            return;
        }
        long now = clock.getAsLong();
        if (isToBeCompared(now)) {
            compare(opened, now);
            compared(now);
        }
        List<UUID> due = waiting.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= 0)
                .limit(AT_ONCE)
                .map(Map.Entry::getKey)
                .toList();
        Map<UUID, SearchIndex.Known> known = opened.known(due);
        for (UUID conversation : due) {
            waiting.remove(conversation); // before it is read, so that what comes later is told anew
            try {
                take(opened, conversation, known.get(conversation));
            } catch (IOException | RuntimeException e) {
                waiting.putIfAbsent(conversation, now);
                throw e;
            }
        }
        commit(opened, now);
    }

    private synchronized boolean isToBeCompared(long now) {
        return compared == null || now - compared >= COMPARED;
    }

    private synchronized void compared(long now) {
        compared = now;
    }

    private void compare(SearchIndex opened, long now) throws IOException {
        Map<UUID, Long> there = texts.revisions();
        Map<UUID, Long> here = opened.revisions();
        Set<UUID> gone = new HashSet<>(here.keySet());
        gone.removeAll(there.keySet());
        for (UUID conversation : gone) {
            opened.remove(conversation);
        }
        there.forEach((conversation, revision) -> {
            if (!revision.equals(here.get(conversation))) {
                waiting.putIfAbsent(conversation, now);
            }
        });
    }

    /** Not each time, for that waits for the disk; what a killed process has not committed is found missing. */
    private synchronized void commit(SearchIndex opened, long now) throws IOException {
        if (now - committed >= COMMITTED) {
            committed = now;
            opened.commit();
        }
    }

    private void take(SearchIndex opened, UUID conversation, SearchIndex.@Nullable Known known) throws IOException {
        Optional<SearchText.Changed> changed = texts.since(conversation, known == null ? -1 : known.revision());
        if (changed.isPresent() && known != null && isOther(changed.get(), known)) {
            opened.remove(conversation);
            changed = texts.since(conversation, -1);
        }
        if (changed.isPresent()) {
            opened.put(changed.get());
        } else {
            opened.remove(conversation);
        }
    }

    /** A backup was restored, and what was written since is not there any more; or it is somebody else's now. */
    private static boolean isOther(SearchText.Changed changed, SearchIndex.Known known) {
        return changed.revision() < known.revision() || !changed.owner().equals(known.owner());
    }

    synchronized void close() {
        refused = true;
        closeIndex();
    }

    private synchronized void closeIndex() {
        SearchIndex opened = index;
        index = null;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                LOG.log(
                        Level.DEBUG,
                        "The search index was not closed well; it is compared when it is opened again.",
                        e);
            }
        }
    }
}
