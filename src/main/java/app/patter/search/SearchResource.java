package app.patter.search;

import app.patter.account.CurrentUser;
import app.patter.account.UserPages;
import app.patter.chat.Role;
import app.patter.conversation.SearchText;
import app.patter.model.ModelRegistry;
import app.patter.page.DomIds;
import app.patter.search.ConversationSearch.Found;
import app.patter.web.Links;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds one's own conversations by what was said in them. */
@Path("/search")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class SearchResource {

    /** Characters that are looked for at most. */
    private static final int LONGEST = 500;

    @Inject
    private CurrentUser user;

    @Inject
    private ConversationSearch search;

    @Inject
    private ModelRegistry models;

    @Inject
    private Links links;

    @Inject
    private UserPages pages;

    private final Excerpts excerpts = new Excerpts();

    /**
     * A hit as the page shows it.
     *
     * @param model   who wrote it; null for a person's message and for a title
     * @param created null for a title
     */
    public record Result(
            String address,
            String title,
            boolean own,
            @Nullable String model,
            @Nullable OffsetDateTime created,
            List<Excerpts.Piece> excerpt) {}

    /** The page; with what was found if something is looked for. */
    @GET
    public String get(@QueryParam("q") @Nullable String q) throws IOException {
        String wanted =
                q == null ? "" : q.strip().substring(0, Math.min(q.strip().length(), LONGEST));
        SearchQuery query = SearchQuery.of(wanted, user.id());
        Map<String, Object> values = new HashMap<>();
        values.put("q", wanted);
        values.put("asked", !wanted.isEmpty());
        if (!wanted.isEmpty()) {
            Optional<List<Found>> found = search.find(user.id(), query);
            values.put("off", found.isEmpty());
            values.put("results", results(found.orElse(List.of()), query));
        }
        return pages.render("search", values);
    }

    /** A title is worth a place of its own only if nothing in the conversation is found. */
    private List<Result> results(List<Found> all, SearchQuery query) {
        Set<UUID> within = all.stream()
                .filter(found -> found.text() != null)
                .map(found -> found.hit().conversation())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(found ->
                        found.text() != null || !within.contains(found.hit().conversation()))
                .map(found -> result(found, query))
                .toList();
    }

    private Result result(Found found, SearchQuery query) {
        SearchText.Text text = found.text();
        return text == null
                ? new Result(
                        links.conversation(found.hit().conversation()),
                        found.title(),
                        false,
                        null,
                        null,
                        excerpts.of(found.title(), query.wanted()))
                : new Result(
                        links.branch(text.conversation(), text.message()) + "#" + DomIds.message(text.sequence()),
                        found.title(),
                        text.role() == Role.USER,
                        text.model() == null ? null : models.label(text.model()),
                        text.created(),
                        excerpts.of(text.text(), query.wanted()));
    }
}
