package app.patter.model;

import app.patter.account.UserPages;
import app.patter.model.ServerStatus.Choice;
import app.patter.provider.Origin;
import app.patter.web.AdministratorOnly;
import app.patter.web.FormData;
import app.patter.web.Links;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The list of all servers and models, where administrators order, hide and test them. */
@AdministratorOnly
@Path("/models")
public class ModelsPageResource {

    /** How long the page waits for what servers say that were added a moment ago. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Inject
    private ModelStore store;

    @Inject
    private LiveConfiguration live;

    @Inject
    private ModelRegistry models;

    @Inject
    private UserPages pages;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    /**
     * A server as the page shows it.
     *
     * @param origin {@code settings}, {@code added} or {@code found}
     * @param id of an added server; empty for others
     */
    public record Row(ServerStatus state, String origin, String id, boolean first) {

        /** What it speaks, in words. */
        public String speaks() {
            return DialectLabels.label(state.dialect());
        }

        /** Its models that people can choose. */
        public List<Choice> offered() {
            return state.choices().stream().filter(Choice::offered).toList();
        }

        /** Its other models. */
        public List<Choice> others() {
            return state.choices().stream().filter(choice -> !choice.offered()).toList();
        }
    }

    @GET
    public Response get() {
        Map<String, UUID> ids = store.servers().stream().collect(Collectors.toMap(ModelServer::slug, ModelServer::id));
        List<ServerStatus> states = models.servers(PATIENCE);
        String firstAdded = states.stream()
                .filter(state -> state.origin() == Origin.ADDED)
                .map(ServerStatus::id)
                .findFirst()
                .orElse("");
        List<Row> rows = states.stream()
                .map(state -> new Row(
                        state,
                        origin(state.origin()),
                        ids.containsKey(state.id()) ? String.valueOf(ids.get(state.id())) : "",
                        state.id().equals(firstAdded)))
                .toList();
        return pages.show(
                200,
                "models",
                Map.of(
                        "servers", rows,
                        "preferred", models.preferred().id(),
                        "demo", models.preferred().demo(),
                        "waiting", states.stream().anyMatch(state -> !state.asked())));
    }

    private static String origin(Origin origin) {
        return switch (origin) {
            case SETTINGS -> "settings";
            case ADDED -> "added";
            case FOUND -> "found";
        };
    }

    /** Asks every server again which models it has. */
    @POST
    @Path("look")
    public Response refresh() {
        models.refreshAll();
        return back("");
    }

    /** Offers a model or hides it. */
    @POST
    @Path("visibility")
    public Response visibility() {
        String model = form.text("model");
        status(model);
        store.offer(model, form.text("offered").equals("yes"));
        live.refresh();
        return back(model);
    }

    /** Lets a model change places with the one before it. */
    @POST
    @Path("rise")
    public Response moveUp() {
        String model = form.text("model");
        List<String> order = status(model).choices().stream()
                .filter(choice -> choice.offered() && !choice.wanted())
                .map(Choice::id)
                .toList();
        store.moveUp(model, order);
        live.refresh();
        return back(model);
    }

    /** The server of a model. */
    private ServerStatus status(String model) {
        return models.servers(Duration.ZERO).stream()
                .filter(state ->
                        state.choices().stream().anyMatch(choice -> choice.id().equals(model)))
                .findFirst()
                .orElseThrow(ModelConfigResource::unknown);
    }

    private Response back(String model) {
        int slash = model.indexOf('/');
        return links.seeOther("/models" + (slash < 1 ? "" : "#server-" + model.substring(0, slash)))
                .build();
    }
}
