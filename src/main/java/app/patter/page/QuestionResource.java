package app.patter.page;

import app.patter.account.CurrentUser;
import app.patter.account.UserPages;
import app.patter.answer.AnswerService;
import app.patter.answer.InvalidMessageException;
import app.patter.answer.NewMessage;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Conversations;
import app.patter.conversation.Corrections;
import app.patter.conversation.Permission;
import app.patter.conversation.Placement;
import app.patter.model.ModelRegistry;
import app.patter.text.Messages;
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
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Edits a question: its form, asking again with other words, and other words where it stands. */
@Path("/c/{conversation}/messages")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class QuestionResource {

    @Inject
    private CurrentUser user;

    @Inject
    private FormData form;

    @Inject
    private AccessControl accessControl;

    @Inject
    private AnswerService answers;

    @Inject
    private Corrections corrections;

    @Inject
    private Conversations conversations;

    @Inject
    private ModelRegistry models;

    @Inject
    private UserPages pages;

    @Inject
    private Links links;

    @HeaderParam("HX-Request")
    private @Nullable String htmx;

    @PathParam("conversation")
    private String conversation = "";

    @PathParam("message")
    private String message = "";

    /**
     * The form, as a part of the conversation's page or as a page of its own.
     *
     * @param through message of the branch that the page shows; null for the newest branch
     */
    @GET
    @Path("{message}/edit")
    public Response edit(@QueryParam("m") @Nullable String through) {
        UUID view = through == null || through.isEmpty() ? null : Uuids.parse(through);
        String text = corrections.text(access(Permission.WRITE), id());
        return htmx == null
                ? pages.show(200, "edit", values(text, view, null))
                : Response.ok(pages.fragment("edit", "editForm", values(text, view, null)))
                        .build();
    }

    private Access access(Permission permission) {
        return accessControl.open(user.id(), Uuids.parse(conversation), permission);
    }

    private UUID id() {
        return Uuids.parse(message);
    }

    private Map<String, Object> values(String text, @Nullable UUID view, @Nullable ProblemException problem) {
        UUID id = Uuids.parse(conversation);
        Map<String, Object> values = new HashMap<>();
        values.put("conversation", id);
        values.put("message", id());
        values.put("next", Objects.requireNonNullElseGet(form.id("message"), UUID::randomUUID));
        values.put("text", "\n" + text); // browsers drop a line end at the beginning of a field
        values.put("models", models.all());
        String last =
                form.filled("model").orElse(conversations.read(user.id(), id).model());
        values.put("model", last == null ? models.preferred().id() : last);
        values.put("plain", htmx == null);
        if (view != null) {
            values.put("view", view);
        }
        if (problem != null) {
            values.put("problem", Messages.english().text(problem.text()));
        }
        return values;
    }

    /** Asks with other words, in a version of the question beside the old one. */
    @POST
    @Path("{message}/versions")
    public Response send() {
        NewMessage version = new NewMessage(
                Objects.requireNonNullElseGet(form.id("message"), UUID::randomUUID),
                new Placement.Beside(id()),
                form.text("text"),
                form.filled("model").orElse(null));
        UUID sent;
        try {
            sent = answers.send(access(Permission.WRITE), version).message();
        } catch (InvalidMessageException e) {
            return invalid(e);
        }
        return form.id("m") == null ? done(null) : moved(sent);
    }

    /** Corrects the words where they stand. */
    @POST
    @Path("{message}/text")
    public Response save() {
        try {
            answers.correct(access(Permission.WRITE), id(), form.text("text"));
        } catch (InvalidMessageException e) {
            return invalid(e);
        }
        return done(form.id("m"));
    }

    /** The form with what was typed, or for htmx, whose form is still there, what is wrong. */
    private Response invalid(InvalidMessageException invalid) {
        ProblemException problem = InvalidMessages.problem(invalid.reason(), form.text("text"), answers.longestText());
        if (htmx != null) {
            throw problem;
        }
        return pages.show(problem.status(), "edit", values(form.text("text"), form.id("m"), problem));
    }

    /** The form goes; the page's event stream brings what changed. */
    private Response done(@Nullable UUID through) {
        return htmx == null
                ? links.seeOtherBranch(Uuids.parse(conversation), through).build()
                : Response.ok("").build();
    }

    private Response moved(UUID through) {
        return htmx == null
                ? done(through)
                : Response.noContent()
                        .header("HX-Redirect", links.branch(Uuids.parse(conversation), through))
                        .build();
    }
}
