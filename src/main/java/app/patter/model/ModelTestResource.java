package app.patter.model;

import app.patter.account.UserPages;
import app.patter.web.AdministratorOnly;
import app.patter.web.FormData;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Tries a model: a page that goes on loading while the model says one sentence, and then tells how long that took or what
 * is wrong. Each one holds a thread, so there are only some.
 */
@AdministratorOnly
@Path("/models/trial")
public class ModelTestResource {

    private static final Semaphore PLACES = new Semaphore(8);
    private static final String HERE = "<!--answer-->";

    @Inject
    private ModelRegistry models;

    @Inject
    private UserPages pages;

    @Inject
    private FormData form;

    @POST
    public Response run() {
        String model = form.text("model");
        // Its server may still be busy listing it, or not list it at all: whether there is such a model is for it to
        // say.
        ServerStatus server = models.servers(Duration.ZERO).stream()
                .filter(state -> model.startsWith(state.id() + "/"))
                .findFirst()
                .orElseThrow(ModelConfigResource::unknown);
        String[] page = pages.render(
                        "trial", Map.of("model", model, "label", models.label(model), "address", server.address()))
                .split(HERE, 2);
        StreamingOutput output = out -> write(out, page, model);
        return Response.ok(output, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .build();
    }

    private void write(OutputStream out, String[] page, String model) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(page[0]);
        writer.flush();
        if (PLACES.tryAcquire()) {
            try {
                new ModelTest(writer).run(models, model);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                PLACES.release();
            }
        } else {
            writer.write(ModelTest.problem(ModelTestText.BUSY.words()));
        }
        writer.write(page[1]);
        writer.flush();
    }
}
