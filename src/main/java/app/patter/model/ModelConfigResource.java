package app.patter.model;

import app.patter.account.AuditEvent;
import app.patter.account.AuditLog;
import app.patter.account.UserPages;
import app.patter.model.ServerStatus.Choice;
import app.patter.provider.ReasoningEffort;
import app.patter.text.Messages;
import app.patter.web.AdministratorOnly;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What administrators say about one model, and where they add one that its server does not list. */
@AdministratorOnly
@Path("/models/settings")
public class ModelConfigResource {

    private static final List<String> FIELDS = List.of(
            "server",
            "name",
            "model",
            "label",
            "text",
            "temperature",
            "effort",
            "context",
            "input",
            "output",
            "parameters");

    @Inject
    private AuditLog audit;

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
     * A model as it is, or the empty form for another one of a server.
     *
     * @param model id of the model; null for a new one
     * @param server id of the model server; null if the model is given
     */
    @GET
    public Response get(@QueryParam("model") @Nullable String model, @QueryParam("server") @Nullable String server) {
        Map<String, String> fields = new HashMap<>();
        if (model == null) {
            fields.put("server", server(server == null ? "" : server).id());
        } else {
            fields.put("model", choice(model).id());
            store.model(model).ifPresent(row -> fill(fields, row));
        }
        return show(200, fields, "");
    }

    private static void fill(Map<String, String> fields, ModelSettings row) {
        fields.put("label", row.label());
        fields.put("text", row.system());
        fields.put("temperature", shown(row.temperature()));
        fields.put("effort", row.effort().name());
        Long context = row.contextSize();
        fields.put("context", context == null ? "" : context.toString());
        fields.put("input", shown(row.inputPrice()));
        fields.put("output", shown(row.outputPrice()));
        fields.put("cached", shown(row.cachedPrice()));
        fields.put("parameters", row.parameters());
        List<String> fallbacks = row.fallbacks();
        for (int at = 0; at < fallbacks.size(); at++) {
            fields.put("fallback" + (at + 1), fallbacks.get(at));
        }
    }

    private static String shown(@Nullable BigDecimal number) {
        return number == null ? "" : number.stripTrailingZeros().toPlainString();
    }

    /** Sets what is said about a model, or adds one. */
    @POST
    public Response tune() {
        boolean fresh = form.filled("model").isEmpty();
        String id = fresh
                ? server(form.text("server")).id() + "/" + form.text("name").strip()
                : choice(form.text("model")).id();
        try {
            store.tune(id, ModelForm.of(form, id, server()), fresh || choice(id).offered());
            live.refresh();
            audit.log(AuditEvent.MODEL_CHANGED, id);
            return links.seeOther("/models#server-" + id.substring(0, id.indexOf('/')))
                    .build();
        } catch (FormException e) {
            Map<String, String> fields = new HashMap<>();
            FIELDS.forEach(field -> fields.put(field, form.text(field)));
            slots().forEach(slot -> fields.put(slot, form.text(slot)));
            return show(422, fields, Messages.english().text(e.text()));
        }
    }

    /** Forgets what was said about a model; one that its server does not list is gone then. */
    @POST
    @Path("deletion")
    public Response forget() {
        store.forget(form.text("model"));
        audit.log(AuditEvent.MODEL_CHANGED, form.text("model"));
        live.refresh();
        return links.seeOther("/models").build();
    }

    private Response show(int status, Map<String, String> fields, String problem) {
        Map<String, String> all = new HashMap<>();
        FIELDS.forEach(field -> all.put(field, ""));
        slots().forEach(slot -> all.put(slot, ""));
        all.putAll(fields);
        String id = all.getOrDefault("model", "");
        ServerStatus server = id.isEmpty()
                ? server(all.getOrDefault("server", ""))
                : server(id.substring(0, Math.max(0, id.indexOf('/'))));
        Choice choice = id.isEmpty() ? null : choice(id);
        Map<String, Object> values = new HashMap<>(Map.of(
                "fields",
                all,
                "problem",
                problem,
                "server",
                server,
                "efforts",
                ReasoningEffort.values(),
                "slots",
                slots(),
                "others",
                others(id),
                "usual",
                choice == null ? "" : choice.name(),
                "tuned",
                choice != null && choice.tuned(),
                "listed",
                choice == null || choice.listed()));
        values.put("title", choice == null ? "" : choice.label());
        return pages.show(status, "model", values);
    }

    private static List<String> slots() {
        return IntStream.rangeClosed(1, ModelForm.FALLBACKS)
                .mapToObj(at -> "fallback" + at)
                .toList();
    }

    /** All models but this one, which may stand in for it. */
    private List<Choice> others(String id) {
        return models.servers(Duration.ZERO).stream()
                .flatMap(state -> state.choices().stream())
                .filter(choice -> !choice.id().equals(id))
                .toList();
    }

    private Set<String> server() {
        return models.servers(Duration.ZERO).stream()
                .flatMap(state -> state.choices().stream())
                .map(Choice::id)
                .collect(Collectors.toSet());
    }

    private ServerStatus server(String server) {
        return models.servers(Duration.ZERO).stream()
                .filter(state -> state.id().equals(server))
                .findFirst()
                .orElseThrow(ModelConfigResource::unknown);
    }

    private Choice choice(String id) {
        return models.servers(Duration.ZERO).stream()
                .flatMap(state -> state.choices().stream())
                .filter(choice -> choice.id().equals(id))
                .findFirst()
                .orElseThrow(ModelConfigResource::unknown);
    }

    static ProblemException unknown() {
        return new ProblemException(ProblemCode.MODEL_NOT_FOUND);
    }
}
