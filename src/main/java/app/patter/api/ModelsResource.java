package app.patter.api;

import app.patter.page.ForPrograms;
import app.patter.upstream.Models;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The models that may be asked. */
@ForPrograms
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {

    @Inject
    private Models models;

    @GET
    public String list() {
        return Answers.list("models", models.all(), Answers::model);
    }
}
