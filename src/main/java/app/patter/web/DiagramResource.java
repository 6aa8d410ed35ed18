package app.patter.web;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * The page in which a diagram is drawn. It is shown in a frame that is shut off from the page around it: an origin of its
 * own, no network but the two scripts, no way out but messages with a height or an error. Only here may a page have inline
 * styles, because drawings are full of them.
 */
@Public(toAllAlike = true)
@Path("/diagram")
public class DiagramResource {

    private static final String POLICY = "sandbox allow-scripts; default-src 'none'; script-src 'self';"
            + " style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    @Inject
    private Templates templates;

    @GET
    public Response page() {
        return Response.ok(templates.render("diagram", Map.of()), "text/html; charset=utf-8")
                .header(SecurityHeaders.POLICY_HEADER, POLICY)
                .build();
    }
}
