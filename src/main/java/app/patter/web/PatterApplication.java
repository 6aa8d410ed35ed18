package app.patter.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** All resources of the WAR. They own every path, so that addresses are the same on every server. */
@ApplicationPath("/")
public class PatterApplication extends Application {

    /**
     * Jersey keeps the first 8 KiB of each answer back, whoever flushes, to count its length; a page that shows an answer
     * while it grows must not wait for that. It also makes relative redirects absolute, by a host that may be a proxy's
     * name for this server. Other servers ignore the lines.
     */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.server.contentLength.buffer",
                0,
                "jersey.config.server.headers.location.relative.resolution.disabled",
                true);
    }
}
