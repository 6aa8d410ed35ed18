package app.patter.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a server gave no answer, by what Java throws. */
public enum NetworkFault {
    /** DNS does not know the name. */
    UNKNOWN_HOST,
    /** Its certificate is refused; {@link CertificateFault} knows why. */
    CERTIFICATE,
    /** TLS failed for another reason. */
    NO_SECURE_CONNECTION,
    /** Nothing listens there. */
    REFUSED,
    /** It took too long. */
    TIMEOUT,
    /** What answers is no HTTP server. */
    NO_HTTP,
    /** The connection ended, for no reason that is known better. */
    CLOSED,
    /** Nothing of the network. */
    OTHER;

    /** The fault that was the cause. */
    public static NetworkFault of(Throwable thrown) {
        boolean closed = false;
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            Optional<NetworkFault> fault = at(cause);
            if (fault.isPresent()) {
                return fault.get();
            }
            closed |= cause instanceof IOException;
        }
        return closed ? CLOSED : OTHER;
    }

    /** The fault that this one exception stands for, whatever it caused; empty if its type says nothing. */
    public static Optional<NetworkFault> at(Throwable thrown) {
        if (thrown instanceof UnresolvedAddressException || thrown instanceof UnknownHostException) {
            return Optional.of(UNKNOWN_HOST);
        }
        if (thrown instanceof CertificateException) {
            return Optional.of(CERTIFICATE);
        }
        if (thrown instanceof SSLException) {
            return Optional.of(isCausedBy(thrown, CertificateException.class) ? CERTIFICATE : NO_SECURE_CONNECTION);
        }
        if (thrown instanceof HttpTimeoutException || thrown instanceof TimeoutException) {
            return Optional.of(TIMEOUT);
        }
        if (thrown instanceof ConnectException) {
            return Optional.of(isCausedBy(thrown, UnresolvedAddressException.class) ? UNKNOWN_HOST : REFUSED);
        }
        return thrown instanceof ProtocolException ? Optional.of(NO_HTTP) : Optional.empty();
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
