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
import app.patter.web.FormData;
import app.patter.web.Links;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
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
                begins ? null : form.id("parent"),
                form.text("text"),
                form.filled("model").orElse(null));
        try {
            if (begins) {
                answers.begin(user.id(), id, message);
            } else {
                answers.send(access(id), message);
            }
        } catch (InvalidMessageException e) {
            throw problem(e.reason(), message);
        }
        return begins || form.filled("parent").isPresent() ? moved(id) : done(id);
    }

    private Access access(UUID conversation) {
        return accessControl.open(user.id(), conversation, Permission.WRITE);
    }

    private ProblemException problem(InvalidMessageException.Reason reason, NewMessage message) {
        return switch (reason) {
            case EMPTY -> new ProblemException(ProblemCode.EMPTY_MESSAGE);
            case TOO_LONG ->
                new ProblemException(
                        ProblemCode.MESSAGE_TOO_LONG, message.text().length(), answers.longestText());
            case UNKNOWN_MODEL -> new ProblemException(ProblemCode.MODEL_UNAVAILABLE);
        };
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
        answers.retry(access(id), Uuids.parse(message), null);
        return done(id);
    }

    /** The page's event stream brings what changed; without scripts the page is loaded again. */
    private Response done(UUID conversation) {
        return htmx == null
                ? links.seeOther("/c/" + conversation).build()
                : Response.noContent().header(NEXT, UUID.randomUUID()).build();
    }

    /** The sender goes to another page, or to another branch of this one. */
    private Response moved(UUID conversation) {
        return htmx == null
                ? links.seeOther("/c/" + conversation).build()
                : Response.noContent()
                        .header("HX-Redirect", links.conversation(conversation))
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
