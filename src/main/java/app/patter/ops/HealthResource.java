package app.patter.ops;

import app.patter.web.Public;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Tells operators whether this node lives and whether it can serve people. */
@Public(toAllAlike = true)
@Path("/health")
@Produces(MediaType.TEXT_PLAIN)
public class HealthResource {

    @Inject
    private Health health;

    /** The process answers. */
    @GET
    @Path("live")
    public String live() {
        return "alive\n";
    }

    /** It can serve people; otherwise 503 and why it cannot. */
    @GET
    @Path("ready")
    public Response ready() {
        List<String> problems = health.problems();
        return problems.isEmpty()
                ? Response.ok("ready\n").build()
                : Response.status(503)
                        .entity(String.join("\n", problems) + "\n")
                        .build();
    }
}
