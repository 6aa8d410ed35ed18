package app.patter.provider;

import app.patter.chat.ChatMessage;
import app.patter.provider.Delta.Failed;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.text.CodedText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with one model server, said so that a person knows what to do. Every error about a server is made
 * by one of its three parts; the words are in the bundle. Immutable.
 */
public final class ProviderErrors {

    private final String server;
    private final @Nullable String key;
    private final Origin origin;
    private final Dialect dialect;
    private final NetworkErrors network;
    private final StatusErrors status;
    private final AnswerErrors answer;

    /**
     * Errors of one server.
     *
     * @param server its host and port
     * @param key its key, so that it never gets into a message
     * @param origin who has said that it is there, and can fix it
     * @param dialect what it should speak
     */
    public ProviderErrors(String server, @Nullable String key, Origin origin, Dialect dialect) {
        this(server, key, origin, dialect, List.of());
    }

    private ProviderErrors(
            String server, @Nullable String key, Origin origin, Dialect dialect, List<ChatMessage> secret) {
        Excerpts excerpts = new Excerpts(key, secret);
        this.server = server;
        this.key = key;
        this.origin = origin;
        this.dialect = dialect;
        this.network = new NetworkErrors(server, origin);
        this.status = new StatusErrors(server, key != null, origin, dialect, excerpts);
        this.answer = new AnswerErrors(server, origin, dialect, excerpts);
    }

    /** The same for one prompt, no part of which gets into a message. */
    public ProviderErrors during(ChatRequest request) {
        return new ProviderErrors(server, key, origin, dialect, request.messages());
    }

    /** For what the network does, and for silence. */
    public NetworkErrors network() {
        return network;
    }

    /** For an HTTP status other than 2xx. */
    public StatusErrors status() {
        return status;
    }

    /** For an answer that makes no sense, or none that can be used. */
    public AnswerErrors answer() {
        return answer;
    }

    // Errors of no server

    public static Failed cancelled() {
        return failed(Kind.CANCELLED, false, ProviderErrorCode.STOPPED.with());
    }

    public static Failed brokenReceiver() {
        return failed(Kind.CANCELLED, true, ProviderErrorCode.RECEIVER_FAILED.with());
    }

    public static Failed unknownModel(String id) {
        String shown = id.length() > 80 ? id.substring(0, 80) + "…" : id;
        return failed(Kind.UNKNOWN_MODEL, false, ProviderErrorCode.UNKNOWN_MODEL.with(Excerpts.plain(shown)));
    }

    /**
     * The key of a server is stored but cannot be read.
     *
     * @param trouble what happened and what to do
     */
    public static Failed lostKey(CodedText trouble) {
        return failed(Kind.REFUSED_KEY, false, ProviderErrorCode.KEY_LOST.with(trouble));
    }

    public static Failed brokenDemo(Throwable e) {
        return failed(
                Kind.SERVER,
                false,
                ProviderErrorCode.DEMO_FAILED.with(e.getClass().getSimpleName()));
    }

    public static Failed closing() {
        return failed(Kind.CANCELLED, true, ProviderErrorCode.CLOSING.with());
    }

    /** An error without a status and without words of the provider. */
    static Failed failed(Kind kind, boolean retryable, CodedText error) {
        return new Failed(kind, 0, null, retryable, error);
    }

    static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : (millis + 999) / 1000 + " s";
    }
}
