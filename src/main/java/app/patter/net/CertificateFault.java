package app.patter.net;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/** What is wrong with a certificate, by what Java throws. */
public enum CertificateFault {
    /** It was valid once. */
    EXPIRED,
    /** It will be valid. */
    NOT_YET,
    /** It was made for another name. */
    OTHER_NAME,
    /** Nobody known has signed it. */
    UNKNOWN_ISSUER;

    /** The fault that was the cause. */
    public static CertificateFault of(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof CertificateExpiredException) {
                return EXPIRED;
            }
            if (cause instanceof CertificateNotYetValidException) {
                return NOT_YET;
            }
            // Java has no type for it: "No name matching x found", "No subject alternative DNS name matching x found."
            if (cause.getClass() == CertificateException.class
                    && String.valueOf(cause.getMessage()).matches("No (name matching|subject alternative).*")) {
                return OTHER_NAME;
            }
            cause = cause.getCause();
        }
        return UNKNOWN_ISSUER;
    }
}
