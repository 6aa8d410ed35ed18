package app.patter.page;

import app.patter.account.CurrentUser;
import app.patter.cluster.Activity;
import app.patter.concurrent.Places;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Conversation;
import app.patter.conversation.Conversations;
import app.patter.conversation.Extent;
import app.patter.conversation.Permission;
import app.patter.conversation.Transcript;
import app.patter.conversation.Transcripts;
import app.patter.conversation.View;
import app.patter.model.ModelRegistry;
import app.patter.web.Links;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import app.patter.web.Templates;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pages of conversations: the empty one that begins a conversation, and each conversation at its address. */
@Path("/")
@Produces(MediaType.TEXT_HTML + "; charset=UTF-8")
public class ConversationResource {

    /** Messages that a page shows at first, and gets each time its reader scrolls up. */
    private static final int PART = 60;

    /** Whole conversations being rendered: each may take a lot of memory. */
    private static final Places WHOLE = new Places(Settings.ofProcess().number(Setting.WHOLE_PAGES_PER_ACCOUNT));

    /** Seconds after which one of them is done. */
    private static final int WHOLE_AGAIN = 2;

    @Inject
    private CurrentUser user;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Conversations conversations;

    @Inject
    private Activity activity;

    @Inject
    private Transcripts transcripts;

    @Inject
    private ModelRegistry models;

    @Inject
    private Templates templates;

    @Inject
    private Links links;

    /** An empty page; its form carries the id that the conversation will have. */
    @GET
    public String begin() {
        UUID id = UUID.randomUUID();
        Map<String, Object> values = shared(id);
        values.put("title", MessageText.NEW_CONVERSATION.words());
        values.put("begins", true);
        values.put("deleted", 0);
        values.put("newest", true);
        values.put("live", false);
        values.put("revision", 0);
        values.put("messages", List.of());
        values.put("model", models.preferred().id());
        return templates.render("conversation", values);
    }

    /**
     * A conversation.
     *
     * @param through message of the branch to show; null for the newest branch
     * @param all     not null to show all messages, not only the last ones
     * @param deleted revision at which something has just been deleted; 0 if nothing was
     */
    @GET
    @Path("c/{conversation}")
    public String show(
            @PathParam("conversation") String conversation,
            @QueryParam("m") @Nullable String through,
            @QueryParam("all") @Nullable String all,
            @QueryParam("deleted") @DefaultValue("0") long deleted) {
        if (all == null) {
            return page(conversation, through, new Extent(Long.MAX_VALUE, PART), deleted);
        }
        if (!WHOLE.take(user.id())) {
            throw ProblemException.passing(ProblemCode.TOO_MANY_WHOLE_PAGES, WHOLE_AGAIN);
        }
        try {
            return page(conversation, through, Extent.ALL, deleted);
        } finally {
            WHOLE.release(user.id());
        }
    }

    private String page(String conversation, @Nullable String through, Extent extent, long deleted) {
        UUID id = Uuids.parse(conversation);
        View view = view(through);
        Transcript transcript = read(id, view, extent);
        Map<String, Object> values = shared(id);
        values.put("title", transcript.title());
        values.put("begins", false);
        values.put("deleted", deleted);
        values.put("live", true);
        values.put("revision", transcript.revision());
        values.putAll(messages(transcript, view));
        values.put("watching", transcript.entries().stream().anyMatch(entry -> entry.message()
                .state()
                .active()));
        values.put("model", chosen(transcript.model()));
        values.put("newest", transcript.newest());
        return templates.render("conversation", values);
    }

    /** The messages before one that the page shows, as a part of that page. */
    @GET
    @Path("c/{conversation}/earlier")
    public String earlier(
            @PathParam("conversation") String conversation,
            @QueryParam("before") long before,
            @QueryParam("m") @Nullable String through) {
        View view = view(through);
        Transcript transcript = read(Uuids.parse(conversation), view, new Extent(before, PART));
        return templates.fragment("message", "messageList", messages(transcript, view));
    }

    private static View view(@Nullable String through) {
        return View.through(through == null ? null : Uuids.parse(through));
    }

    private Transcript read(UUID conversation, View view, Extent extent) {
        return transcripts
                .read(accessControl.open(user.id(), conversation, Permission.READ), view, extent)
                .orElseThrow(ProblemException::notFound);
    }

    private Map<String, Object> messages(Transcript transcript, View view) {
        Map<String, Object> values = new HashMap<>();
        UUID through = view.message();
        if (through != null) {
            values.put("view", through);
        }
        values.put("forgery", user.csrfToken());
        values.put(
                "messages",
                transcript.entries().stream()
                        .map(entry -> MessageView.of(
                                entry, models.label(entry.message().model())))
                        .toList());
        if (transcript.more()) {
            UUID id = transcript.conversation();
            long first = transcript.entries().get(0).message().sequence();
            values.put("everything", links.everything(id, through));
            values.put("earlier", links.earlier(id, through, first));
        }
        return values;
    }

    private Map<String, Object> shared(UUID conversation) {
        Map<String, Object> values = new HashMap<>();
        values.put("conversation", conversation);
        values.put("message", UUID.randomUUID());
        List<Conversation> listed = conversations.of(user.id(), ConversationListResource.LISTED);
        values.put("conversations", listed);
        values.put("more", listed.size() == ConversationListResource.LISTED);
        values.put("running", activity.of(user.id()));
        values.put("models", models.all());
        values.put("demo", models.preferred().demo());
        values.put("person", user.account().name());
        values.put("administrator", user.account().administrator());
        values.put("forgery", user.csrfToken());
        return values;
    }

    private String chosen(@Nullable String model) {
        return Optional.ofNullable(model)
                .flatMap(models::find)
                .orElseGet(models::preferred)
                .id();
    }

    /** Deletes a conversation. */
    @POST
    @Path("c/{conversation}/deletion")
    public Response delete(@PathParam("conversation") String conversation) {
        conversations.delete(accessControl.open(user.id(), Uuids.parse(conversation), Permission.WRITE));
        return links.seeOther("/").build();
    }
}
