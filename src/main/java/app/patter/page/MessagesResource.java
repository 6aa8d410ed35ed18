package app.patter.page;

import app.patter.account.CurrentUser;
import app.patter.answer.Decisions;
import app.patter.answer.Generations;
import app.patter.cluster.Nodes;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.Approvals.Decision;
import app.patter.conversation.Conversations;
import app.patter.conversation.Conversations.Sent;
import app.patter.conversation.GenerationTicket;
import app.patter.model.Model;
import app.patter.model.ModelRegistry;
import app.patter.web.FormData;
import app.patter.web.Links;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
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
    private CurrentUser user;

    @Inject
    private FormData form;

    @Inject
    private Conversations conversations;

    @Inject
    private Generations generations;

    @Inject
    private Nodes nodes;

    @Inject
    private ModelRegistry models;

    @Inject
    private Links links;

    @HeaderParam("HX-Request")
    private @Nullable String htmx;

    private final long limit = Settings.ofProcess().number(Setting.PROMPT_LIMIT);

    /** Sends a message; the conversation begins with it if there is none with this id yet. */
    @POST
    public Response send(@PathParam("conversation") String conversation) {
        UUID id = Uuids.parse(conversation);
        String text = text();
        String model = model();
        UUID message = Objects.requireNonNullElseGet(form.id("message"), UUID::randomUUID);
        boolean begins = form.filled("begin").isPresent();
        Sent sent = begins
                ? conversations.begin(user.id(), id, message, text, model, nodes.self())
                : conversations.send(user.id(), id, message, form.id("parent"), text, model, nodes.self());
        GenerationTicket ticket = sent.ticket();
        if (ticket != null) {
            generations.start(user.id(), ticket);
        }
        return begins || form.filled("parent").isPresent() ? moved(id) : done(id);
    }

    private String text() {
        String text = form.text("text");
        if (text.isBlank()) {
            throw new ProblemException(422, "Nothing to send", "Write something first.");
        }
        if (text.length() > limit) {
            throw new ProblemException(
                    422,
                    "Too long",
                    String.format(
                            "This message has %,d characters; %,d are allowed. Shorten it, or send it in parts.",
                            text.length(), limit));
        }
        return text;
    }

    private String model() {
        String wanted = form.filled("model").orElse(models.preferred().id());
        return models.find(wanted)
                .map(Model::id)
                .orElseThrow(() -> new ProblemException(
                        422,
                        "Unknown model",
                        "This model is not available any more. Choose another one and send again."));
    }

    /** Stops an answer and keeps what it has. */
    @POST
    @Path("{message}/stop")
    public Response stop(@PathParam("conversation") String conversation, @PathParam("message") String message) {
        UUID id = owned(conversation);
        UUID stopped = Uuids.parse(message);
        generations.stop(
                id, conversations.active(id).stream().filter(stopped::equals).toList());
        return done(id);
    }

    /** Lets an answer go on where it ended. */
    @POST
    @Path("{message}/continuation")
    public Response continueAnswer(
            @PathParam("conversation") String conversation, @PathParam("message") String message) {
        UUID id = owned(conversation);
        conversations
                .resume(user.id(), id, Uuids.parse(message), nodes.self())
                .ifPresent(ticket -> generations.start(user.id(), ticket));
        return done(id);
    }

    /** Decides about a call of a tool that needs permission. */
    @POST
    @Path("{message}/calls")
    public Response decide(@PathParam("conversation") String conversation, @PathParam("message") String message) {
        UUID id = owned(conversation);
        Decision decision = Decisions.of(form.text("decision"));
        generations.decide(user.id(), id, Uuids.parse(message), form.text("call"), decision);
        return done(id);
    }

    /** Asks for another answer to the same message. */
    @POST
    @Path("{message}/retry")
    public Response retry(@PathParam("conversation") String conversation, @PathParam("message") String message) {
        UUID id = owned(conversation);
        generations.start(user.id(), conversations.retry(user.id(), id, Uuids.parse(message), null, nodes.self()));
        return done(id);
    }

    private UUID owned(String conversation) {
        return conversations
                .find(user.id(), Uuids.parse(conversation))
                .orElseThrow(ProblemException::notFound)
                .id();
    }

    /** The page's event stream brings what changed; without scripts the page is loaded again. */
    private Response done(UUID conversation) {
        return htmx == null
                ? Response.seeOther(links.uri("/c/" + conversation)).build()
                : Response.noContent().header(NEXT, UUID.randomUUID()).build();
    }

    /** The sender goes to another page, or to another branch of this one. */
    private Response moved(UUID conversation) {
        return htmx == null
                ? Response.seeOther(links.uri("/c/" + conversation)).build()
                : Response.noContent()
                        .header("HX-Redirect", links.conversation(conversation))
                        .build();
    }

    /** Stops everything that is being written in a conversation. */
    @POST
    @Path("stop")
    public Response stopAll(@PathParam("conversation") String conversation) {
        UUID id = owned(conversation);
        List<UUID> active = conversations.active(id);
        generations.stop(id, active);
        return done(id);
    }
}
