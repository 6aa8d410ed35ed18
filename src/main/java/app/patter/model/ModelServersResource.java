package app.patter.model;

import app.patter.account.AuditEvent;
import app.patter.admin.ServerFormPage;
import app.patter.admin.ServerFormResponses;
import app.patter.web.AdministratorOnly;
import app.patter.web.FormData;
import app.patter.web.Links;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Where administrators add, change and remove model servers. */
@AdministratorOnly
@Path("/models/servers")
public class ModelServersResource {

    @Inject
    private ModelStore store;

    @Inject
    private LiveConfiguration live;

    @Inject
    private ServerFormResponses responses;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    private ServerFormPage<ModelServer, ModelServerForm> page() {
        return new ServerFormPage<>(new ModelServerFormKind(), store, live::refresh, form);
    }

    /** The empty form. */
    @GET
    public Response empty() {
        return responses.of(page().empty());
    }

    /** Adds a server. */
    @POST
    public Response add() {
        return responses.changed(page().add(), AuditEvent.SERVER_ADDED, "model-server");
    }

    /** A server as it is. */
    @GET
    @Path("{server}")
    public Response get(@PathParam("server") String server) {
        return responses.of(page().get(server));
    }

    /** Changes a server. */
    @POST
    @Path("{server}")
    public Response change(@PathParam("server") String server) {
        return responses.changed(page().change(server), AuditEvent.SERVER_CHANGED, server);
    }

    /** Removes a server with all that was said about its models. */
    @POST
    @Path("{server}/deletion")
    public Response remove(@PathParam("server") String server) {
        return responses.changed(page().remove(server), AuditEvent.SERVER_REMOVED, server);
    }

    /** Lets a server change places with the one before it. */
    @POST
    @Path("{server}/rise")
    public Response moveUp(@PathParam("server") String server) {
        UUID id = store.server(Uuids.parse(server))
                .orElseThrow(ProblemException::notFound)
                .id();
        store.moveUp(id);
        live.refresh();
        return links.seeOther("/models").build();
    }
}
