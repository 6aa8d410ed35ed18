package app.patter.health;

import app.patter.page.Open;
import jakarta.annotation.Resource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Tells operators whether this node lives and whether it can serve people. */
@Open(toAllAlike = true)
@Path("/health")
@Produces(MediaType.TEXT_PLAIN)
public class HealthResource {

    private static final int PATIENCE = 2;

    @Resource(lookup = "java:app/patter/database")
    private DataSource database;

    /** The process answers. */
    @GET
    @Path("live")
    public String live() {
        return "alive\n";
    }

    /** The database answers too. */
    @GET
    @Path("ready")
    public Response ready() {
        try (Connection connection = database.getConnection()) {
            if (connection.isValid(PATIENCE)) {
                return Response.ok("ready\n").build();
            }
        } catch (SQLException e) {
            // answered below
        }
        return Response.status(503).entity("The database does not answer.\n").build();
    }
}
