package app.patter.api;

import app.patter.account.CurrentUser;
import app.patter.answer.AnswerService;
import app.patter.answer.InvalidMessageException;
import app.patter.answer.NewMessage;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Deletions;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageStore;
import app.patter.conversation.MessageStore.Sent;
import app.patter.conversation.Permission;
import app.patter.conversation.Placement;
import app.patter.json.JsonFactories;
import app.patter.web.BearerOnly;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/** What programs do with single messages: ask otherwise, correct, try again, continue, delete and bring back. */
@BearerOnly
@Path("/api/v1/conversations")
@Produces(MediaType.APPLICATION_JSON)
public class MessageResource {

    @Inject
    private CurrentUser user;

    @Inject
    private AccessControl accessControl;

    @Inject
    private AnswerService answers;

    @Inject
    private MessageStore messageStore;

    @Inject
    private Deletions deletions;

    private Access open(String conversation) {
        return accessControl.open(user.id(), Uuids.parse(conversation), Permission.WRITE);
    }

    /** Asks a question otherwise, beside the old one; with the id of a message that is there, nothing changes. */
    @POST
    @Path("{conversation}/messages/{message}/versions")
    public Response edit(
            @PathParam("conversation") String conversation, @PathParam("message") String message, InputStream json)
            throws IOException {
        Access access = open(conversation);
        Body body = Body.read(json, Body.longest(answers.longestText()));
        try {
            Sent sent = answers.send(
                    access,
                    new NewMessage(
                            body.id("id").orElseGet(UUID::randomUUID),
                            new Placement.Beside(Uuids.parse(message)),
                            body.text("text").orElse(""),
                            body.text("model").orElse(null)));
            return sent(messageStore, sent);
        } catch (InvalidMessageException e) {
            throw problem(e, answers.longestText());
        }
    }

    /** The ids of a message and of its first answer. */
    static Response sent(MessageStore messageStore, Sent sent) {
        Optional<UUID> begun = Optional.ofNullable(sent.ticket()).map(GenerationTicket::message);
        JsonObjectBuilder ids =
                JsonFactories.object().add("message", sent.message().toString());
        begun.or(() -> messageStore.answerTo(sent.message())).ifPresent(answer -> ids.add("answer", answer.toString()));
        return Response.status(begun.isPresent() ? 202 : 200)
                .entity(ids.build().toString())
                .build();
    }

    static ProblemException problem(InvalidMessageException invalid, long longest) {
        return switch (invalid.reason()) {
            case EMPTY, TOO_LONG -> new ProblemException(ProblemCode.NO_MESSAGE, longest);
            case UNKNOWN_MODEL -> new ProblemException(ProblemCode.UNKNOWN_MODEL);
        };
    }

    /** Gives a question other words; its answers stay. */
    @PUT
    @Path("{conversation}/messages/{message}")
    public void correct(
            @PathParam("conversation") String conversation, @PathParam("message") String message, InputStream json)
            throws IOException {
        Access access = open(conversation);
        Body body = Body.read(json, Body.longest(answers.longestText()));
        try {
            answers.correct(access, Uuids.parse(message), body.text("text").orElse(""));
        } catch (InvalidMessageException e) {
            throw problem(e, answers.longestText());
        }
    }

    /** Asks for another answer to the question of an answer, the same model or another one. */
    @POST
    @Path("{conversation}/messages/{message}/retry")
    public Response retry(
            @PathParam("conversation") String conversation, @PathParam("message") String message, InputStream json)
            throws IOException {
        Access access = open(conversation);
        Body body = Body.read(json, Body.longest(0));
        try {
            UUID answer = answers.retry(
                    access, Uuids.parse(message), body.text("model").orElse(null));
            return Response.status(202)
                    .entity(JsonFactories.object()
                            .add("answer", answer.toString())
                            .build()
                            .toString())
                    .build();
        } catch (InvalidMessageException e) {
            throw problem(e, answers.longestText());
        }
    }

    /** Continues an answer where it ended; does nothing while it is being written. */
    @POST
    @Path("{conversation}/messages/{message}/continuation")
    public void continueAnswer(@PathParam("conversation") String conversation, @PathParam("message") String message) {
        answers.resume(open(conversation), Uuids.parse(message));
    }

    /** Deletes a message and all that follows it, or an exchange. */
    @DELETE
    @Path("{conversation}/messages/{message}")
    public String delete(
            @PathParam("conversation") String conversation,
            @PathParam("message") String message,
            @QueryParam("scope") @DefaultValue("branch") String scope) {
        Deletions.Scope wanted =
                switch (scope) {
                    case "branch" -> Deletions.Scope.BRANCH;
                    case "exchange" -> Deletions.Scope.EXCHANGE;
                    default -> throw new ProblemException(ProblemCode.UNKNOWN_SCOPE);
                };
        long deletion =
                answers.delete(open(conversation), Uuids.parse(message), wanted).revision();
        return JsonFactories.object().add("deletion", deletion).build().toString();
    }

    /** Brings back what was deleted. */
    @POST
    @Path("{conversation}/deletions/{deletion}/undo")
    public void undo(@PathParam("conversation") String conversation, @PathParam("deletion") long deletion) {
        deletions.undo(open(conversation), deletion);
    }
}
