package app.patter.page;

import app.patter.account.CurrentUser;
import app.patter.account.UserPages;
import app.patter.cluster.Activity;
import app.patter.conversation.Conversation;
import app.patter.conversation.Conversations;
import app.patter.conversation.ListPosition;
import app.patter.web.ProblemException;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All of a person's conversations, in pages: the list beside a conversation shows only the last ones. */
@Path("/conversations")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class ConversationListResource {

    /** How many stand on a page, and in the list beside a conversation. */
    static final int LISTED = 200;

    @Inject
    private CurrentUser user;

    @Inject
    private Conversations conversations;

    @Inject
    private Activity activity;

    @Inject
    private UserPages pages;

    /**
     * One page of the list.
     *
     * @param behind a place in the list, as {@link ListPosition} writes it; null for its beginning
     */
    @GET
    public String get(@QueryParam("behind") @Nullable String behind) {
        List<Conversation> found = behind == null
                ? conversations.of(user.id(), LISTED + 1)
                : conversations.of(
                        user.id(), ListPosition.parse(behind).orElseThrow(ProblemException::notFound), LISTED + 1);
        List<Conversation> shown = found.subList(0, Math.min(LISTED, found.size()));
        Map<String, Object> values = new HashMap<>();
        values.put("conversations", shown);
        values.put("running", activity.of(user.id()));
        values.put("first", behind == null);
        values.put("more", found.size() > LISTED ? ListPosition.behind(shown.get(LISTED - 1)) : "");
        return pages.render("conversations", values);
    }
}
