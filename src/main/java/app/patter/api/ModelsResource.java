package app.patter.api;

import app.patter.model.ModelRegistry;
import app.patter.web.BearerOnly;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The models that may be asked. */
@BearerOnly
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {

    @Inject
    private ModelRegistry models;

    @GET
    public String list() {
        return ApiJson.list("models", models.all(), ApiJson::model);
    }
}
