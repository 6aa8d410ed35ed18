package app.patter.search;

import app.patter.cluster.Signal;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.SearchText;
import app.patter.search.SearchIndex.Hit;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches conversations: the index says where to look, the database what may be shown. Thread-safe. */
@ApplicationScoped
public class ConversationSearch {

    private static final int MOST_HITS = 50;

    @Inject
    private SearchText texts;

    private IndexKeeper keeper;

    @PostConstruct
    void start() {
        keeper = new IndexKeeper(texts, Settings.ofProcess().folder(Setting.DATA), System::nanoTime);
    }

    /** Runs where a save has committed. */
    void advanced(@Observes Signal.ConversationAdvanced signal) {
        keeper.changed(signal.conversation());
    }

    /** Has the index follow the database; called every second, by one thread. */
    void update() throws IOException {
        keeper.update();
    }

    /** What is found, with what may be shown of it. */
    record Found(Hit hit, String title, SearchText.@Nullable Text text) {}

    /**
     * Searches an account's conversations; the best matches come first.
     *
     * @return empty if this node has no index now
     */
    Optional<List<Found>> find(UUID account, SearchQuery query) throws IOException {
        List<Hit> hits = keeper.find(query, MOST_HITS).orElse(null);
        if (hits == null) {
            return Optional.empty();
        }
        SearchText.Shown shown = texts.shown(
                account,
                hits.stream().map(Hit::conversation).distinct().toList(),
                hits.stream().map(Hit::message).filter(Objects::nonNull).toList());
        return Optional.of(hits.stream()
                .filter(hit -> shown.titles().containsKey(hit.conversation()))
                .filter(hit -> hit.message() == null || shown.texts().containsKey(hit.message()))
                .map(hit -> new Found(
                        hit,
                        shown.titles().getOrDefault(hit.conversation(), ""),
                        hit.message() == null ? null : shown.texts().get(hit.message())))
                .toList());
    }

    @PreDestroy
    void close() {
        keeper.close();
    }
}
