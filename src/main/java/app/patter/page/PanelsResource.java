package app.patter.page;

import app.patter.account.CurrentUser;
import app.patter.account.UserPages;
import app.patter.answer.AnswerService;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Deletions;
import app.patter.conversation.Deletions.Deletion;
import app.patter.conversation.Deletions.Scope;
import app.patter.conversation.MessageStore;
import app.patter.conversation.Permission;
import app.patter.model.ModelRegistry;
import app.patter.web.FormData;
import app.patter.web.Links;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What asks before it does something with a message: which model answers again, how much is deleted. With scripts the
 * question opens below the message, without them on a page.
 */
@Path("/c/{conversation}/messages")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class PanelsResource {

    /** The branch to go to, because what the page shows has been deleted. */
    private static final String BRANCH = "Patter-Branch";

    @Inject
    private CurrentUser user;

    @Inject
    private FormData form;

    @Inject
    private AccessControl accessControl;

    @Inject
    private AnswerService answers;

    @Inject
    private Deletions deletions;

    @Inject
    private MessageStore messageStore;

    @Inject
    private ModelRegistry models;

    @Inject
    private UserPages pages;

    @Inject
    private Links links;

    @HeaderParam("HX-Request")
    private @Nullable String htmx;

    /** Asks which model is to answer again. */
    @GET
    @Path("{message}/models")
    public Response models(
            @PathParam("conversation") String conversation,
            @PathParam("message") String message,
            @QueryParam("m") @Nullable String through) {
        Map<String, Object> values = values(conversation, message, through);
        values.put("models", models.all());
        return panel("retryPanel", values);
    }

    /** Asks how much is to be deleted. */
    @GET
    @Path("{message}/deletion")
    public Response deletion(
            @PathParam("conversation") String conversation,
            @PathParam("message") String message,
            @QueryParam("m") @Nullable String through) {
        return panel("deletePanel", values(conversation, message, through));
    }

    private Map<String, Object> values(String conversation, String message, @Nullable String through) {
        UUID id = Uuids.parse(conversation);
        UUID about = Uuids.parse(message);
        messageStore.requireThere(accessControl.open(user.id(), id, Permission.WRITE), about);
        Map<String, Object> values = new HashMap<>();
        values.put("conversation", id);
        values.put("message", about);
        values.put("plain", htmx == null);
        if (through != null && !through.isEmpty()) {
            values.put("view", Uuids.parse(through));
        }
        return values;
    }

    private Response panel(String panel, Map<String, Object> values) {
        values.put("panel", panel);
        return htmx == null
                ? pages.show(200, "panel", values)
                : Response.ok(pages.fragment("panels", panel, values)).build();
    }

    /** Deletes an exchange or a branch. */
    @POST
    @Path("{message}/deletion")
    public Response delete(@PathParam("conversation") String conversation, @PathParam("message") String message) {
        Access access = access(conversation);
        Deletion deletion = answers.delete(access, Uuids.parse(message), scope(form.text("scope")));
        UUID view = form.id("m");
        boolean shown = view != null && deletion.messages().contains(view);
        UUID through = shown ? deletion.before() : view;
        if (htmx == null) {
            return links.seeOtherDeleted(access.conversation(), through, deletion.revision())
                    .build();
        }
        Map<String, Object> values = new HashMap<>();
        values.put("conversation", access.conversation());
        values.put("deleted", deletion.revision());
        Response.ResponseBuilder response = Response.ok(pages.fragment("panels", "undoPanel", values));
        return shown
                ? response.header(BRANCH, links.branch(access.conversation(), through))
                        .build()
                : response.build();
    }

    private static Scope scope(String scope) {
        return switch (scope) {
            case "exchange" -> Scope.EXCHANGE;
            case "branch" -> Scope.BRANCH;
            default -> throw ProblemException.notFound();
        };
    }

    private Access access(String conversation) {
        return accessControl.open(user.id(), Uuids.parse(conversation), Permission.WRITE);
    }

    /** Brings back what was deleted. */
    @POST
    @Path("deletions/{revision: \\d{1,18}}/undo")
    public Response undo(@PathParam("conversation") String conversation, @PathParam("revision") long revision) {
        Access access = access(conversation);
        deletions.undo(access, revision);
        return htmx == null
                ? links.seeOtherBranch(access.conversation(), form.id("m")).build()
                : Response.ok("").build();
    }
}
