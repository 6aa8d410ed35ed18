package app.patter.ops;

import app.patter.metrics.Meters;
import app.patter.web.AdministratorOnly;
import app.patter.web.BearerOnly;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** What this node measures, for Prometheus, which shows an administrator's API token. */
@BearerOnly
@AdministratorOnly
@Path("/metrics")
public class MetricsResource {

    @Inject
    private Meters meters;

    /** All metrics in Prometheus' text format, version 0.0.4. */
    @GET
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    public String get() {
        return meters.text();
    }
}
