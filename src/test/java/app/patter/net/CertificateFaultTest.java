package app.patter.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class CertificateFaultTest {

    private static CertificateFault of(Throwable cause) {
        SSLHandshakeException thrown = new SSLHandshakeException("handshake");
        thrown.initCause(cause);
        return CertificateFault.of(thrown);
    }

    @Test
    void theCauseTellsThemApart() {
        CertificateException validity = new CertificateException(
                "validation failed", new CertPathValidatorException(new CertificateExpiredException("NotAfter")));
        assertEquals(CertificateFault.EXPIRED, of(validity));
        assertEquals(CertificateFault.NOT_YET, of(new CertificateNotYetValidException("NotBefore")));
        assertEquals(
                CertificateFault.OTHER_NAME,
                of(new CertificateException("No subject alternative DNS name matching localhost found.")));
        assertEquals(CertificateFault.OTHER_NAME, of(new CertificateException("No name matching localhost found")));
        assertEquals(
                CertificateFault.UNKNOWN_ISSUER, of(new CertificateException("PKIX path building failed: nothing")));
    }
}
