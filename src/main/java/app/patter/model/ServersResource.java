package app.patter.model;

import app.patter.account.CurrentUser;
import app.patter.secret.SecretException;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Where administrators add, change and remove model servers. No key ever leaves through here. */
@Path("/models/servers")
public class ServersResource {

    @Inject
    private ModelStore store;

    @Inject
    private LiveConfiguration live;

    @Inject
    private CurrentUser user;

    @Inject
    private ModelPages pages;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    /** The empty form. */
    @GET
    public Response empty() {
        user.mustAdminister();
        return pages.show(
                200,
                "server",
                values("", "", Map.of("dialect", "openai", "name", "", "address", "", "offers", "all"), false));
    }

    /** Adds a server. */
    @POST
    public Response add() {
        user.mustAdminister();
        try {
            store.add(ServerForm.of(form));
            return changed();
        } catch (FormException e) {
            return again(422, "", e.message(), false);
        } catch (SecretException e) {
            return again(500, "", e.message(), false);
        }
    }

    /** A server as it is. */
    @GET
    @Path("{server}")
    public Response get(@PathParam("server") String server) {
        user.mustAdminister();
        ModelServer row = existing(server);
        Map<String, String> fields = new HashMap<>(Map.of(
                "name", row.name(),
                "dialect", row.dialect(),
                "address", row.address().substring(0, row.address().length() - 1),
                "offers", row.chosenOnly() ? "chosen" : "all"));
        if (row.hidden()) {
            fields.put("hidden", "yes");
        }
        return pages.show(200, "server", values(row.id().toString(), "", fields, row.hasKey()));
    }

    /** Changes a server. */
    @POST
    @Path("{server}")
    public Response change(@PathParam("server") String server) {
        user.mustAdminister();
        ModelServer row = existing(server);
        try {
            store.change(row.id(), ServerForm.of(form));
            return changed();
        } catch (FormException e) {
            return again(422, server, e.message(), row.hasKey());
        } catch (SecretException e) {
            return again(500, server, e.message(), row.hasKey());
        }
    }

    /** The form as it was filled in, but for the key. */
    private Response again(int status, String id, String problem, boolean hasKey) {
        Map<String, String> fields = new HashMap<>();
        for (String field : new String[] {"name", "dialect", "address", "offers", "hidden", "nokey"}) {
            fields.put(field, form.text(field));
        }
        String lost = form.filled("key").isPresent() ? " The key has to be typed in once more." : "";
        return pages.show(status, "server", values(id, problem + lost, fields, hasKey));
    }

    private static Map<String, Object> values(String id, String problem, Map<String, String> fields, boolean hasKey) {
        Map<String, String> all = new HashMap<>(Map.of("hidden", "", "nokey", ""));
        all.putAll(fields);
        return Map.of(
                "id", id,
                "problem", problem,
                "fields", all,
                "hasKey", hasKey,
                "dialects", DialectLabels.all());
    }

    /** Removes a server with all that was said about its models. */
    @POST
    @Path("{server}/deletion")
    public Response remove(@PathParam("server") String server) {
        user.mustAdminister();
        store.remove(Uuids.parse(server));
        return changed();
    }

    /** Lets a server change places with the one before it. */
    @POST
    @Path("{server}/rise")
    public Response moveUp(@PathParam("server") String server) {
        user.mustAdminister();
        store.moveUp(existing(server).id());
        return changed();
    }

    private ModelServer existing(String server) {
        UUID id = Uuids.parse(server);
        return store.server(id).orElseThrow(ProblemException::notFound);
    }

    private Response changed() {
        live.refresh();
        return Response.seeOther(links.uri("/models")).build();
    }
}
