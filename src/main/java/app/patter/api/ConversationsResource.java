package app.patter.api;

import app.patter.account.AuditEvent;
import app.patter.account.AuditLog;
import app.patter.account.CurrentUser;
import app.patter.answer.AnswerService;
import app.patter.answer.InvalidMessageException;
import app.patter.answer.NewMessage;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Conversations;
import app.patter.conversation.MessageStore;
import app.patter.conversation.Permission;
import app.patter.conversation.Placement;
import app.patter.conversation.Transcripts;
import app.patter.web.BearerOnly;
import app.patter.web.Links;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.regex.Pattern;

/** Conversations and their messages, for programs. */
@BearerOnly
@Path("/api/v1/conversations")
@Produces(MediaType.APPLICATION_JSON)
public class ConversationsResource {

    private static final int MOST = 200;
    private static final Pattern SEQUENCE = Pattern.compile("\\d{1,18}");

    @Inject
    private AuditLog audit;

    @Inject
    private CurrentUser user;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Conversations conversations;

    @Inject
    private MessageStore messageStore;

    @Inject
    private Transcripts transcripts;

    @Inject
    private AnswerService answers;

    @Inject
    private Links links;

    /** The newest conversations, last used first. */
    @GET
    public String list() {
        return ApiJson.list("conversations", conversations.of(user.id(), MOST), ApiJson::conversation);
    }

    /** Makes an empty conversation; with the id of one that is there, nothing changes. */
    @POST
    public Response create(InputStream json) throws IOException {
        Body body = Body.read(json, Body.longest(0));
        UUID id = body.id("id").orElseGet(UUID::randomUUID);
        boolean made = conversations
                .create(user.id(), id, body.text("title").orElse(""))
                .isNew();
        return Response.status(made ? 201 : 200)
                .header(HttpHeaders.LOCATION, links.to("/api/v1/conversations/" + id))
                .entity(ApiJson.conversation(conversations.read(user.id(), id)).toString())
                .build();
    }

    @GET
    @Path("{conversation}")
    public String read(@PathParam("conversation") String conversation) {
        return ApiJson.conversation(conversations.read(user.id(), Uuids.parse(conversation)))
                .toString();
    }

    @DELETE
    @Path("{conversation}")
    public void delete(@PathParam("conversation") String conversation) {
        conversations.delete(open(conversation, Permission.WRITE));
    }

    /**
     * The messages of all branches in their order.
     *
     * @param since only those with a greater sequence number
     */
    @GET
    @Path("{conversation}/messages")
    public String messages(
            @PathParam("conversation") String conversation, @DefaultValue("0") @QueryParam("since") String since) {
        if (!SEQUENCE.matcher(since).matches()) {
            throw new ProblemException(ProblemCode.UNKNOWN_SEQUENCE);
        }
        return ApiJson.list(
                "messages",
                transcripts.since(open(conversation, Permission.READ), Long.parseLong(since), MOST),
                ApiJson::message);
    }

    /** Sends a message, which begins an answer; with the id of one that is there, nothing changes. */
    @POST
    @Path("{conversation}/messages")
    public Response send(@PathParam("conversation") String conversation, InputStream json) throws IOException {
        Access access = open(conversation, Permission.WRITE);
        Body body = Body.read(json, Body.longest(answers.longestText()));
        NewMessage message = new NewMessage(
                body.id("id").orElseGet(UUID::randomUUID),
                body.id("parent").<Placement>map(Placement.After::new).orElse(Placement.NEWEST),
                body.text("text").orElse(""),
                body.text("model").orElse(null));
        try {
            return MessageResource.sent(messageStore, answers.send(access, message));
        } catch (InvalidMessageException e) {
            throw MessageResource.problem(e, answers.longestText());
        }
    }

    /** Decides about a call of a tool that needs permission: once, always or refuse. */
    @POST
    @Path("{conversation}/messages/{message}/calls")
    public void decide(
            @PathParam("conversation") String conversation, @PathParam("message") String message, InputStream json)
            throws IOException {
        Access access = open(conversation, Permission.WRITE);
        Body body = Body.read(json, Body.longest(0));
        String call = body.text("call").orElse("");
        String decision = body.text("decision").orElse("");
        answers.decide(access, Uuids.parse(message), call, decision);
        if (decision.equals("always")) {
            audit.log(AuditEvent.TOOL_ALLOWED, message);
        }
    }

    /** Stops every answer that is being written here, and keeps what they have. */
    @POST
    @Path("{conversation}/stop")
    public void stop(@PathParam("conversation") String conversation) {
        answers.stopAll(open(conversation, Permission.WRITE));
    }

    private Access open(String conversation, Permission permission) {
        return accessControl.open(user.id(), Uuids.parse(conversation), permission);
    }
}
