package app.patter.page;

import app.patter.account.AuditEvent;
import app.patter.account.AuditLog;
import app.patter.account.CurrentUser;
import app.patter.answer.AnswerService;
import app.patter.answer.InvalidMessageException;
import app.patter.answer.NewMessage;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Permission;
import app.patter.conversation.Placement;
import app.patter.conversation.View;
import app.patter.web.FormData;
import app.patter.web.Links;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people do in a conversation: send, stop, continue, try again. Nothing here shows an answer; that is what every
 * page's event stream is for, the sender's included.
 */
@Path("/c/{conversation}/messages")
public class MessagesResource {

    /** Id for the next message of this page, so that a form sent twice counts once. */
    private static final String NEXT = "Patter-Next-Message";

    @Inject
    private AuditLog audit;

    @Inject
    private CurrentUser user;

    @Inject
    private FormData form;

    @Inject
    private AnswerService answers;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Links links;

    @HeaderParam("HX-Request")
    private @Nullable String htmx;

    /** Sends a message; the conversation begins with it if there is none with this id yet. */
    @POST
    public Response send(@PathParam("conversation") String conversation) {
        UUID id = Uuids.parse(conversation);
        boolean begins = form.filled("begin").isPresent();
        NewMessage message = new NewMessage(
                Objects.requireNonNullElseGet(form.id("message"), UUID::randomUUID),
                placement(begins),
                form.text("text"),
                form.filled("model").orElse(null));
        try {
            if (begins) {
                answers.begin(user.id(), id, message);
            } else {
                answers.send(access(id), message);
            }
        } catch (InvalidMessageException e) {
            throw InvalidMessages.problem(e.reason(), message.text(), answers.longestText());
        }
        return begins || form.filled("parent").isPresent() ? moved(id, null) : done(id);
    }

    /** After the message that the form names, or else at the end of what the page shows. */
    private Placement placement(boolean begins) {
        UUID parent = begins ? null : form.id("parent");
        return parent == null ? new Placement.AtEnd(View.through(form.id("m"))) : new Placement.After(parent);
    }

    private Access access(UUID conversation) {
        return accessControl.open(user.id(), conversation, Permission.WRITE);
    }

    /** Stops an answer and keeps what it has. */
    @POST
    @Path("{message}/stop")
    public Response stop(@PathParam("conversation") String conversation, @PathParam("message") String message) {
        UUID id = Uuids.parse(conversation);
        answers.stop(access(id), Uuids.parse(message));
        return done(id);
    }

    /** Lets an answer go on where it ended. */
    @POST
    @Path("{message}/continuation")
    public Response continueAnswer(
            @PathParam("conversation") String conversation, @PathParam("message") String message) {
        UUID id = Uuids.parse(conversation);
        answers.resume(access(id), Uuids.parse(message));
        return done(id);
    }

    /** Decides about a call of a tool that needs permission. */
    @POST
    @Path("{message}/calls")
    public Response decide(@PathParam("conversation") String conversation, @PathParam("message") String message) {
        UUID id = Uuids.parse(conversation);
        answers.decide(access(id), Uuids.parse(message), form.text("call"), form.text("decision"));
        if (form.text("decision").equals("always")) {
            audit.log(AuditEvent.TOOL_ALLOWED, message);
        }
        return done(id);
    }

    /** Asks for another answer to the same message. */
    @POST
    @Path("{message}/retry")
    public Response retry(@PathParam("conversation") String conversation, @PathParam("message") String message) {
        UUID id = Uuids.parse(conversation);
        UUID answer;
        try {
            answer = answers.retry(
                    access(id), Uuids.parse(message), form.filled("model").orElse(null));
        } catch (InvalidMessageException e) {
            throw InvalidMessages.problem(e.reason(), "", answers.longestText());
        }
        return form.id("m") == null ? done(id) : moved(id, answer);
    }

    /** The page's event stream brings what changed; without scripts the page is loaded again. */
    private Response done(UUID conversation) {
        return htmx == null
                ? links.seeOtherBranch(conversation, form.id("m")).build()
                : Response.noContent().header(NEXT, UUID.randomUUID()).build();
    }

    /** The sender goes to another page, or to another branch of this one. */
    private Response moved(UUID conversation, @Nullable UUID through) {
        return htmx == null
                ? links.seeOtherBranch(conversation, through).build()
                : Response.noContent()
                        .header("HX-Redirect", links.branch(conversation, through))
                        .build();
    }

    /** Stops everything that is being written in a conversation. */
    @POST
    @Path("stop")
    public Response stopAll(@PathParam("conversation") String conversation) {
        UUID id = Uuids.parse(conversation);
        answers.stopAll(access(id));
        return done(id);
    }
}
