package app.patter.stream;

import app.patter.account.CurrentUser;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Permission;
import app.patter.conversation.View;
import app.patter.text.Messages;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import app.patter.web.Public;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
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
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The event stream of a conversation: HTML fragments for a page that shows it up to some revision. A browser answers an
 * error by coming again and again, so "signed out" and "gone" are events of a stream that is otherwise empty.
 */
@Public
@Path("/c/{conversation}/events")
public class EventsResource {

    private static final Pattern POSITION = Pattern.compile("\\d{1,18}");

    @Inject
    private CurrentUser user;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Subscribers subscribers;

    @Inject
    private PageFrames frames;

    @Context
    private Sse sse;

    @Context
    private HttpServletRequest request;

    /**
     * Opens the stream.
     *
     * @param last    what the browser received last on an earlier connection; wins
     * @param after   the revision that the page was rendered with
     * @param through message of the branch that the page shows; null for the newest branch
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void follow(
            @PathParam("conversation") String conversation,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String last,
            @QueryParam("after") @Nullable String after,
            @QueryParam("m") @Nullable String through,
            @Context SseEventSink connection) {
        long position = position(last, after);
        UUID id = Uuids.parse(conversation);
        if (!user.isKnown()) {
            end(connection, "login", "ended");
            return;
        }
        Access access = accessControl.find(user.id(), id, Permission.READ).orElse(null);
        if (access == null) {
            end(connection, "gone", "unknown");
            return;
        }
        View view = View.through(through == null ? null : Uuids.parse(through));
        Subscription wanted = new Subscription(
                access, user.key(), position, frames.of(access, view), sse, connection, async(request));
        switch (subscribers.open(wanted)) {
            case ACCOUNT_FULL -> end(connection, "full", Messages.english().text(StreamText.ACCOUNT_FULL.with()));
            case NODE_FULL -> end(connection, "full", Messages.english().text(StreamText.NODE_FULL.with()));
            case OPEN -> {}
        }
    }

    /** The position that a reader has; 0 for one that has nothing yet. */
    static long position(@Nullable String last, @Nullable String after) {
        String given = last == null || last.isEmpty() ? after : last;
        if (given == null || given.isEmpty()) {
            return 0;
        }
        if (!POSITION.matcher(given).matches()) {
            throw new ProblemException(ProblemCode.UNKNOWN_POSITION);
        }
        return Long.parseLong(given);
    }

    /** The request as something that can be ended; null where the server does not say. */
    static @Nullable AsyncContext async(HttpServletRequest request) {
        return request.isAsyncStarted() ? request.getAsyncContext() : null;
    }

    private void end(SseEventSink connection, String name, String text) {
        connection
                .send(sse.newEventBuilder().name(name).data(text).build())
                .whenComplete((nothing, failure) -> connection.close());
    }
}
