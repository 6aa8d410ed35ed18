package app.patter.web;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

/** Headers that every answer carries: nothing from elsewhere runs, loads, frames or learns anything. */
@Provider
public class SecurityHeaders implements ContainerResponseFilter {

    static final String POLICY_HEADER = "Content-Security-Policy";

    /** Only where people reach Patter over TLS: browsers refuse everything else from then on. */
    private static final boolean SECURE = Settings.ofProcess()
            .address(Setting.URL)
            .filter(address -> "https".equals(address.getScheme()))
            .isPresent();

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (!headers.containsKey(POLICY_HEADER)) {
            headers.putSingle(POLICY_HEADER, POLICY);
        }
        headers.putSingle("X-Content-Type-Options", "nosniff");
        headers.putSingle("Referrer-Policy", "same-origin");
        headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
        headers.putSingle("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
        if (!request.getUriInfo().getPath().contains("assets/")) { // the frame of diagrams has no origin of its own
            headers.putSingle("Cross-Origin-Resource-Policy", "same-origin");
        }
        if (SECURE) {
            headers.putSingle("Strict-Transport-Security", "max-age=31536000");
        }
        if (request.getUriInfo().getPath().endsWith("/events")) {
            headers.putSingle("X-Accel-Buffering", "no"); // nginx would hold tokens back
        }
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
