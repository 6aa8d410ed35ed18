package app.patter.ops;

import app.patter.account.CurrentUser;
import app.patter.metrics.Meters;
import app.patter.web.BearerOnly;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** What this node measures, for Prometheus, which shows an administrator's API token. */
@BearerOnly
@Path("/metrics")
public class MetricsResource {

    @Inject
    private CurrentUser user;

    @Inject
    private Meters meters;

    /** All metrics in Prometheus' text format, version 0.0.4. */
    @GET
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    public String get() {
        if (!user.account().administrator()) {
            throw new ProblemException(ProblemCode.ADMINISTRATORS_ONLY);
        }
        return meters.text();
    }
}
