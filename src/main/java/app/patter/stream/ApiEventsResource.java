package app.patter.stream;

import app.patter.account.CurrentUser;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Permission;
import app.patter.web.BearerOnly;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;

/** The event stream of a conversation for programs: JSON instead of HTML, all branches instead of the newest. */
@BearerOnly
@Path("/api/v1/conversations/{conversation}/events")
public class ApiEventsResource {

    /** Seconds after which there may be a place again. */
    private static final int COME_AGAIN = 30;

    @Inject
    private CurrentUser user;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Subscribers subscribers;

    @Inject
    private ApiFrames frames;

    @Context
    private Sse sse;

    @Context
    private HttpServletRequest request;

    /**
     * Opens the stream.
     *
     * @param last  the last id that the program received; wins
     * @param after a revision from which the program knows all
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void follow(
            @PathParam("conversation") String conversation,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String last,
            @QueryParam("after") @Nullable String after,
            @Context SseEventSink connection) {
        long position = EventsResource.position(last, after);
        Access access = accessControl.open(user.id(), Uuids.parse(conversation), Permission.READ);
        Subscription wanted = new Subscription(
                access, user.key(), position, frames.of(access), sse, connection, EventsResource.async(request));
        switch (subscribers.open(wanted)) {
            case ACCOUNT_FULL -> throw ProblemException.passing(ProblemCode.ACCOUNT_FULL, COME_AGAIN);
            case NODE_FULL -> throw ProblemException.passing(ProblemCode.NODE_FULL, COME_AGAIN);
            case OPEN -> {}
        }
    }
}
