package app.patter.tool;

import app.patter.account.AuditEvent;
import app.patter.admin.ServerFormPage;
import app.patter.admin.ServerFormResponses;
import app.patter.web.AdministratorOnly;
import app.patter.web.FormData;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Where administrators add, change and remove tool servers. */
@AdministratorOnly
@Path("/tools/servers")
public class ToolServersResource {

    @Inject
    private ToolStore store;

    @Inject
    private LiveTools live;

    @Inject
    private ToolRegistry tools;

    @Inject
    private ServerFormResponses responses;

    @Inject
    private FormData form;

    private ServerFormPage<StoredToolServer, ToolServerForm> page() {
        return new ServerFormPage<>(new ToolServerFormKind(tools.commands()), store, live::refresh, form);
    }

    /** The empty form. */
    @GET
    public Response empty() {
        return responses.of(page().empty());
    }

    /** Adds a server. */
    @POST
    public Response add() {
        return responses.changed(page().add(), AuditEvent.SERVER_ADDED, "tool-server");
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

    /** Removes a server with all that was said about its tools. */
    @POST
    @Path("{server}/deletion")
    public Response remove(@PathParam("server") String server) {
        return responses.changed(page().remove(server), AuditEvent.SERVER_REMOVED, server);
    }
}
