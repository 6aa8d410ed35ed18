package app.patter.provider;

import static app.patter.provider.ProviderErrors.failed;
import static app.patter.provider.ProviderErrors.seconds;

import app.patter.net.CertificateFault;
import app.patter.net.NetworkFault;
import app.patter.provider.Delta.Failed;
import app.patter.provider.Delta.Failed.Kind;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** No answer, or none that continues. Immutable. */
public final class NetworkErrors {

    private final String server;
    private final Origin origin;

    NetworkErrors(String server, Origin origin) {
        this.server = server;
        this.origin = origin;
    }

    /** Translates what the HTTP client threw; {@code answered} is whether the headers had arrived. */
    public Failed of(Throwable thrown, boolean answered, Duration connect) {
        if (answered) {
            return cut();
        }
        return switch (NetworkFault.of(thrown)) {
            case TIMEOUT ->
                failed(Kind.TIMEOUT, true, ProviderErrorCode.CONNECT_TIMEOUT.with(server, seconds(connect)));
            case UNKNOWN_HOST -> unreachable(true, ProviderErrorCode.UNKNOWN_HOST, origin.address());
            case CERTIFICATE -> certificate(thrown);
            case NO_SECURE_CONNECTION -> unreachable(false, ProviderErrorCode.NO_SECURE_CONNECTION, origin.address());
            case REFUSED -> refused();
            case NO_HTTP -> failed(Kind.GARBAGE, false, ProviderErrorCode.NO_HTTP.with(server, origin.address()));
            case CLOSED -> unreachable(true, ProviderErrorCode.CLOSED);
            case OTHER -> impossible(thrown);
        };
    }

    private Failed unreachable(boolean retryable, ProviderErrorCode code, Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = server;
        System.arraycopy(more, 0, arguments, 1, more.length);
        return failed(Kind.UNREACHABLE, retryable, code.with(arguments));
    }

    private Failed certificate(Throwable thrown) {
        return switch (CertificateFault.of(thrown)) {
            case EXPIRED -> unreachable(false, ProviderErrorCode.CERTIFICATE_EXPIRED);
            case NOT_YET -> unreachable(false, ProviderErrorCode.CERTIFICATE_NOT_YET_VALID);
            case OTHER_NAME -> unreachable(false, ProviderErrorCode.CERTIFICATE_OTHER_NAME, origin.address());
            case UNKNOWN_ISSUER -> unreachable(false, ProviderErrorCode.CERTIFICATE_UNKNOWN_ISSUER, origin.address());
        };
    }

    private Failed refused() {
        return failed(
                Kind.UNREACHABLE,
                true,
                ProviderErrorCode.CONNECTION_REFUSED
                        .with(server)
                        .then(
                                origin == Origin.FOUND
                                        ? ProviderAdvice.START.with()
                                        : ProviderAdvice.START_OR_CHECK.with(origin.address())));
    }

    /** A request that cannot even be built, such as one with a line break in its key. */
    public Failed impossible(Throwable thrown) {
        ProviderAdvice advice = origin == Origin.ADDED ? ProviderAdvice.CHECK_PAGE : ProviderAdvice.CHECK_SETTINGS;
        return failed(
                Kind.UNREACHABLE,
                false,
                ProviderErrorCode.NOT_ASKED
                        .with(server, root(thrown).getClass().getSimpleName())
                        .then(advice.with(origin.address())));
    }

    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The same for a question that has to be answered whole within {@code bound}. */
    public Failed unanswered(Throwable thrown, Duration bound) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof TimeoutException) {
                return failed(Kind.TIMEOUT, true, ProviderErrorCode.NO_ANSWER.with(server, seconds(bound)));
            }
            cause = cause.getCause();
        }
        return of(thrown, false, bound);
    }

    /** No byte for too long; {@code answered} is whether the headers had arrived. */
    public Failed silent(Duration idle, boolean answered) {
        ProviderErrorCode code = answered ? ProviderErrorCode.SILENT : ProviderErrorCode.NOT_BEGUN;
        return failed(Kind.TIMEOUT, true, code.with(server, seconds(idle)));
    }

    private Failed cut() {
        return failed(Kind.TRUNCATED, true, ProviderErrorCode.CUT.with(server));
    }
}
