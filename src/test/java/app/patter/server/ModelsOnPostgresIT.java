package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators said is there again after a restart, on PostgreSQL; keys only with the secret they were stored under. */
class ModelsOnPostgresIT {

    private static final String KEY = "sk-very-secret-0123456789";

    @TempDir
    private Path folder;

    @Test
    void serversKeysAndSettingsOutliveARestartButNotTheSecret() throws IOException {
        try (Postgres postgres = Postgres.start();
                LoopbackModel model = LoopbackModel.start();
                PatterServer server = PatterServer.start(folder, postgres.settings())) {
            Person ada = Person.first(server.address(), "ada");
            ModelsPage models = new ModelsPage(ada);
            models.adds("Kept", model.base().toString(), KEY);
            models.tunes("kept/no-done", Map.of("label", "Plain", "temperature", "0.5", "context", "4096"))
                    .expect(303);
            models.tunes("demo/demo", Map.of()).expect(404);
            Path secret = folder.resolve("data").resolve("secret.key");
            assertTrue(Files.exists(secret));
            assertTrue(models.tests("kept/words-50-at-100").text().contains("It works."));
            model.requests()
                    .forEach(request ->
                            assertEquals("Bearer " + KEY, request.headers().get("authorization")));
            server.stop();

            Files.delete(secret);
            int before = model.requests().size();
            server.start();
            String problem = ModelsPage.section(models.page(), "Kept")
                    .expectFirst(".problem")
                    .text();
            assertTrue(problem.contains("give the key again"), problem);
            ada.get("/").expect(200); // still logged in
            assertTrue(
                    models.offered("Kept").contains("Plain"),
                    models.offered("Kept").toString());
            assertEquals(before, model.requests().size(), "not asked without its key");

            Map<String, String> again = new HashMap<>(Map.of(
                    "name", "Kept", "dialect", "openai", "address", model.base().toString(), "offers", "all"));
            again.put("key", KEY);
            ada.post(models.path("Kept"), again).expect(303);
            assertTrue(models.tests("kept/words-50-at-100").text().contains("It works."));
            assertFalse(server.log().contains("very-secret"));
            assertEquals(List.of("Kept"), ModelsPage.servers(models.page()));
            models.remove("Kept");
            assertEquals(List.of(), ModelsPage.servers(models.page()));
        }
    }
}
