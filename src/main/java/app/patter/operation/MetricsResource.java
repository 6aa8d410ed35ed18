package app.patter.operation;

import app.patter.account.Visitor;
import app.patter.page.ForPrograms;
import app.patter.page.Problem;
import app.patter.system.Meters;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** What this node measures, for Prometheus, which shows an administrator's API token. */
@ForPrograms
@Path("/metrics")
public class MetricsResource {

    @Inject
    private Visitor visitor;

    @Inject
    private Meters meters;

    /** All metrics in Prometheus' text format, version 0.0.4. */
    @GET
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    public String get() {
        if (!visitor.account().administrator()) {
            throw new Problem(403, "Only for administrators", "Use a token that an administrator has made at /tokens.");
        }
        return meters.text();
    }
}
