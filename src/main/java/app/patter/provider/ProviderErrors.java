package app.patter.provider;

import app.patter.chat.ChatMessage;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.net.CertificateFault;
import app.patter.provider.Delta.Failed;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.http.PayloadSplitter;
import app.patter.provider.http.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with one model server, said so that a person knows what to do. Every message about a server is made
 * here. Immutable.
 */
public final class ProviderErrors {

    private static final int EXCERPT = 200;
    /** Shorter pieces than this are found in any two texts by chance. */
    private static final int TELLING = 16;

    /** Gemini answers 400 where others answer 401. */
    private static final String GEMINI_REFUSED_KEY = "\"API_KEY_INVALID\"";

    private static final Pattern KEY_LIKE =
            Pattern.compile("\\b(?:(?:sk|gsk|xai|pk|key|Bearer)[-_ ][A-Za-z0-9*._-]{6,}|AIza[A-Za-z0-9*_-]{6,})");

    private final String server;
    private final @Nullable String key;
    private final Origin origin;
    private final Dialect dialect;
    private final List<ChatMessage> secret;

    /**
     * Faults of one server.
     *
     * @param server its host and port
     * @param key its key, so that it never gets into a message
     * @param origin who has said that it is there, and can mend it
     * @param dialect what it should speak
     */
    public ProviderErrors(String server, @Nullable String key, Origin origin, Dialect dialect) {
        this(server, key, origin, dialect, List.of());
    }

    private ProviderErrors(
            String server, @Nullable String key, Origin origin, Dialect dialect, List<ChatMessage> secret) {
        this.server = server;
        this.key = key;
        this.origin = origin;
        this.dialect = dialect;
        this.secret = secret;
    }

    /** The same for one prompt, no part of which gets into a message. */
    public ProviderErrors during(ChatRequest request) {
        return new ProviderErrors(server, key, origin, dialect, request.messages());
    }

    // An answer with a status other than 2xx

    public Failed status(int status, Optional<Duration> retryAfter, String body, String model) {
        if (status == 400 && body.contains(GEMINI_REFUSED_KEY)) {
            return refusedKey(status);
        }
        ErrorBody error = ErrorBody.of(body);
        return switch (status) {
            case 401 -> refusedKey(status);
            case 403 -> forbidden(error);
            case 404 ->
                new Failed(
                        Kind.UNKNOWN_MODEL,
                        status,
                        null,
                        false,
                        "The model server at " + server + " does not know "
                                + (model.isEmpty() ? "this address" : "the model \"" + excerptOf(model) + "\"")
                                + " (404)" + saying(error)
                                + (origin != Origin.FOUND
                                        ? " Choose another model, or check that " + origin.address() + " "
                                                + (dialect.ending().isEmpty()
                                                        ? "is right."
                                                        : "ends with " + dialect.ending() + ".")
                                        : " Choose another model."),
                        excerptOf(error.message()));
            case 429 ->
                new Failed(
                        Kind.RATE_LIMITED,
                        status,
                        retryAfter.orElse(null),
                        true,
                        "The model server at " + server + " takes no more requests now (429)" + saying(error)
                                + retryAfter
                                        .map(wait -> " Try again in " + seconds(wait) + ".")
                                        .orElse(" Try again later, or check your quota there."));
            default -> otherStatus(status, retryAfter, error);
        };
    }

    private Failed refusedKey(int status) {
        return new Failed(
                Kind.REFUSED_KEY,
                status,
                null,
                false,
                key == null
                        ? "The model server at " + server + " wants a key (" + status + "). " + origin.giveKey()
                        : "The model server at " + server + " refused the key (" + status + "). " + origin.checkKey());
    }

    /** A key may be right and still not be good for this. */
    private Failed forbidden(ErrorBody error) {
        if (key == null && excerptOf(error.message()).isEmpty()) {
            return refusedKey(403);
        }
        return new Failed(
                Kind.REFUSED_KEY,
                403,
                null,
                false,
                "The model server at " + server + " does not allow this (403)" + saying(error)
                        + " Check what the key may do there, and which models and places it is good for. "
                        + (key == null ? origin.giveKey() : origin.checkKey()),
                excerptOf(error.message()));
    }

    private Failed otherStatus(int status, Optional<Duration> retryAfter, ErrorBody error) {
        Duration wait = retryAfter.orElse(null);
        if (status >= 500) {
            return new Failed(
                    Kind.SERVER,
                    status,
                    wait,
                    true,
                    "The model server at " + server + " failed (" + status + ")" + saying(error)
                            + " Try again; if it stays so, look at that server's log.",
                    excerptOf(error.message()));
        }
        if (status >= 400) {
            return new Failed(
                    Kind.REQUEST,
                    status,
                    wait,
                    status == 408,
                    "The model server at " + server + " did not accept the request (" + status + ")" + saying(error)
                            + " Try another model or a shorter conversation.",
                    excerptOf(error.message()));
        }
        return new Failed(
                Kind.REQUEST,
                status,
                null,
                false,
                "The address of the model server at " + server + " leads elsewhere (" + status + ")." + " Set "
                        + origin.address() + " to its final address.");
    }

    // No answer, or none that goes on

    /** Translates what the HTTP client threw; {@code answered} is whether the headers had arrived. */
    public Failed network(Throwable thrown, boolean answered, Duration connect) {
        if (answered) {
            return cut();
        }
        if (has(thrown, HttpTimeoutException.class)) {
            return new Failed(
                    Kind.TIMEOUT,
                    0,
                    null,
                    true,
                    "The model server at " + server + " took no connection within " + seconds(connect) + "."
                            + " Check that it runs and that no firewall stands between.");
        }
        if (has(thrown, UnresolvedAddressException.class) || has(thrown, UnknownHostException.class)) {
            return unreachable("There is no host named as in " + server + "." + " Check the spelling of "
                    + origin.address() + " and the network's DNS.");
        }
        if (has(thrown, CertificateException.class)) {
            return new Failed(
                    Kind.UNREACHABLE,
                    0,
                    null,
                    false,
                    "The certificate of the model server at " + server + certificate(thrown));
        }
        if (has(thrown, SSLException.class)) {
            return new Failed(
                    Kind.UNREACHABLE,
                    0,
                    null,
                    false,
                    "No secure connection to the model server at " + server + " could be agreed on."
                            + " If it speaks plain http, let " + origin.address() + " begin with http://.");
        }
        if (has(thrown, ConnectException.class)) {
            return unreachable("The model server at " + server + " takes no connections." + " Start it"
                    + (origin != Origin.FOUND
                            ? ", or check host and port in " + origin.address() + "."
                            : ", then try again."));
        }
        if (has(thrown, ProtocolException.class)) {
            return new Failed(
                    Kind.GARBAGE,
                    0,
                    null,
                    false,
                    "What answers at " + server + " does not speak HTTP." + " Check " + origin.address() + ".");
        }
        if (has(thrown, IOException.class)) {
            return unreachable("The model server at " + server + " closed the connection without an answer."
                    + " Try again; if it stays so, look at that server's log.");
        }
        return impossible(thrown);
    }

    private String certificate(Throwable thrown) {
        return switch (CertificateFault.of(thrown)) {
            case EXPIRED -> " has expired. Renew it there, and look whether the clock here is right.";
            case NOT_YET -> " is not valid yet. Look whether the clocks here and there are right.";
            case OTHER_NAME -> " is for another name. Let " + origin.address() + " have the name that it was made for.";
            case UNKNOWN_ISSUER ->
                " is not trusted: nobody known here has signed it. Import it, or its authority, into the trust store of"
                        + " Java, or correct " + origin.address() + ".";
        };
    }

    /** A request that cannot even be built, such as one with a line break in its key. */
    public Failed impossible(Throwable thrown) {
        return new Failed(
                Kind.UNREACHABLE,
                0,
                null,
                false,
                "The model server at " + server + " could not be asked ("
                        + root(thrown).getClass().getSimpleName() + ")."
                        + " Check " + origin.address() + ", and its key"
                        + (origin == Origin.ADDED ? " there." : " in PATTER_MODEL_KEY."));
    }

    private static Failed unreachable(String message) {
        return new Failed(Kind.UNREACHABLE, 0, null, true, message);
    }

    /** The same for a question that has to be answered whole within {@code bound}. */
    public Failed unanswered(Throwable thrown, Duration bound) {
        if (has(thrown, TimeoutException.class)) {
            return new Failed(
                    Kind.TIMEOUT,
                    0,
                    null,
                    true,
                    "The model server at " + server + " did not answer within " + seconds(bound) + "."
                            + " Check that it runs and is not overloaded.");
        }
        return network(thrown, false, bound);
    }

    public Failed silent(Duration idle, boolean answered) {
        return new Failed(
                Kind.TIMEOUT,
                0,
                null,
                true,
                "The model server at " + server
                        + (answered ? " fell silent in the middle of the answer" : " did not begin to answer")
                        + " for " + seconds(idle) + "."
                        + " Try again; a slow server needs a higher PATTER_PROVIDER_IDLE.");
    }

    Failed cut() {
        return new Failed(
                Kind.TRUNCATED,
                0,
                null,
                true,
                "The connection to the model server at " + server + " was cut in the middle of the answer."
                        + " Continue, or try again.");
    }

    public Failed truncated() {
        return new Failed(
                Kind.TRUNCATED,
                0,
                null,
                true,
                "The model server at " + server + " ended the answer without saying that it is complete."
                        + " Continue, or try again.");
    }

    // An answer that makes no sense

    public Failed errorInside(String payload) {
        ErrorBody error = ErrorBody.of(payload);
        int code = error.code();
        if (code >= 400 && code < 600) {
            return status(code, RetryAfter.inBody(payload), payload, "");
        }
        return new Failed(
                Kind.SERVER,
                0,
                null,
                true,
                "The model server at " + server + " reported an error while answering" + saying(error)
                        + " Try again, or choose another model.");
    }

    /** The provider's own rules forbid an answer to this prompt. */
    public Failed blocked(String reason) {
        return new Failed(
                Kind.REQUEST,
                0,
                null,
                false,
                "The model server at " + server + " refuses to answer this: “" + excerptOf(reason) + "”."
                        + " Put it another way, or choose another model.");
    }

    public Failed garbage(String payload) {
        String excerpt = excerptOf(payload.length() > 80 ? payload.substring(0, 80) : payload);
        return new Failed(
                Kind.GARBAGE,
                0,
                null,
                true,
                "The model server at " + server + " sent something that is no JSON"
                        + (excerpt.isEmpty() ? "." : ": “" + excerpt + "”.") + " Try again, or look at that "
                        + "server's log.");
    }

    public Failed tooLong() {
        return new Failed(
                Kind.GARBAGE,
                0,
                null,
                false,
                "The model server at " + server + " sent more at once than Patter takes in ("
                        + (PayloadSplitter.LIMIT >> 20) + " MiB).");
    }

    public Failed noStream(String contentType) {
        return new Failed(
                Kind.GARBAGE,
                0,
                null,
                false,
                "What answers at " + server + " sent “" + excerptOf(contentType) + "” instead of an event stream."
                        + checkAddress());
    }

    public Failed noModels() {
        return new Failed(
                Kind.GARBAGE,
                0,
                null,
                false,
                "What answers at " + server + " sent no list of models." + checkAddress());
    }

    private String checkAddress() {
        return " Check that " + origin.address() + " is the address of " + dialect.speaker()
                + (dialect.ending().isEmpty() ? "." : " and ends with " + dialect.ending() + ".");
    }

    // Faults of no server

    public static Failed cancelled() {
        return new Failed(Kind.CANCELLED, 0, null, false, "Stopped.");
    }

    public static Failed brokenReceiver() {
        return new Failed(
                Kind.CANCELLED,
                0,
                null,
                true,
                "Patter could not take in the answer and stopped it. Try again; the reason is in Patter's log.");
    }

    public static Failed unknownModel(String id) {
        String shown = id.length() > 80 ? id.substring(0, 80) + "…" : id;
        return new Failed(
                Kind.UNKNOWN_MODEL,
                0,
                null,
                false,
                "There is no model \"" + plain(shown) + "\" here now. Choose another one, or start its server.");
    }

    /**
     * The key of a server is stored but cannot be read.
     *
     * @param trouble what happened and what to do
     */
    public static Failed lostKey(String trouble) {
        return new Failed(Kind.REFUSED_KEY, 0, null, false, trouble);
    }

    public static Failed brokenDemo(Throwable e) {
        return new Failed(
                Kind.SERVER,
                0,
                null,
                false,
                "The demo could not search (" + e.getClass().getSimpleName() + "). This is a fault of Patter; please "
                        + "report it.");
    }

    public static Failed closing() {
        return new Failed(Kind.CANCELLED, 0, null, true, "Patter is being stopped. Try again when it is back.");
    }

    // Helpers

    private String saying(ErrorBody error) {
        String excerpt = excerptOf(error.message());
        return excerpt.isEmpty() ? "." : ": “" + excerpt + "”.";
    }

    /** A short piece of what the provider sent; empty if it echoes the prompt. */
    private String excerptOf(String said) {
        String clean = plain(said);
        if (key != null) {
            clean = clean.replace(key, "…");
        }
        clean = KEY_LIKE.matcher(clean).replaceAll("…");
        if (clean.length() > EXCERPT) {
            clean = clean.substring(0, EXCERPT).strip() + "…";
        }
        clean = clean.endsWith(".") ? clean.substring(0, clean.length() - 1) : clean;
        return echoesPrompt(clean) ? "" : clean;
    }

    private static String plain(String said) {
        return said.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+", " ").strip();
    }

    private boolean echoesPrompt(String excerpt) {
        return secret.stream().flatMap(ProviderErrors::textsOf).anyMatch(text -> echoes(excerpt, text));
    }

    private static Stream<String> textsOf(ChatMessage message) {
        return Stream.of(
                        Stream.of(message.text()),
                        message.calls().stream().map(ToolCall::arguments),
                        message.results().stream().map(ToolResult::text))
                .flatMap(texts -> texts);
    }

    private static boolean echoes(String excerpt, String text) {
        if (text.length() > 3 && text.length() <= TELLING && excerpt.contains(text)) {
            return true;
        }
        for (int i = 0; i + TELLING <= excerpt.length(); i++) {
            if (text.contains(excerpt.substring(i, i + TELLING))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : (millis + 999) / 1000 + " s";
    }
}
