package app.patter.stream;

import app.patter.conversation.Access;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request for an event stream asks for.
 *
 * @param access   who asks, and for which conversation
 * @param login    names the login or token of the request; the stream ends with it
 * @param position last revision that the reader has
 * @param source   what it wants to be told of it
 * @param request  the request as something that can be ended; null where the server does not say
 */
record Subscription(
        Access access,
        String login,
        long position,
        FrameSource source,
        Sse sse,
        SseEventSink connection,
        @Nullable AsyncContext request) {

    /** The account that reads. */
    UUID account() {
        return access.account();
    }

    UUID conversation() {
        return access.conversation();
    }
}
