package app.patter.ops;

import app.patter.web.AdministratorOnly;
import app.patter.web.Templates;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The page on which an administrator sees how this node does. */
@AdministratorOnly
@Path("/operation")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class OperationResource {

    @Inject
    private History history;

    @Inject
    private Health health;

    @Inject
    private Templates templates;

    /** For everybody but administrators this page does not exist. */
    @GET
    public String get() {
        return templates.render("operation", Map.of("charts", history.charts(), "problems", health.problems()));
    }
}
